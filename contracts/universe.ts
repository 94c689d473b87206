import { z } from 'zod';
import type { LocalDate } from './identity.ts';

/**
 * Audit universe: everything that internal audits have to reach within a cycle (ISO/IEC 27001:2022 9.2; rules §9). It is worked out
 * from what runs (`domain/universe`) and pinned when a programme is submitted.
 */

export const universeKinds = ['CLAUSE', 'CONTROL', 'OWN_CONTROL', 'SITE', 'UNIT', 'SUPPLIER'] as const;
export type UniverseKind = (typeof universeKinds)[number];

/** First part of a key: `clause:9.2.1`, `control:A.8.13`, `own:<control>`, `site:<site>`, `unit:<unit>`, `supplier:<case>`. */
export const universePrefixes = { CLAUSE: 'clause', CONTROL: 'control', OWN_CONTROL: 'own', SITE: 'site', UNIT: 'unit', SUPPLIER: 'supplier' } as const satisfies Record<UniverseKind, string>;

/** Key of an item; the same in the programme, the audit and the finding. */
export const itemKey = z
  .string()
  .regex(/^(clause|control|own|site|unit|supplier):[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/)
  .meta({ title: 'Item of the audit universe, e.g. control:A.8.13' });
export type ItemKey = z.output<typeof itemKey>;

/** What an audit says of an item; what was not sampled never counts as covered (rules §9 no. 8). */
export const itemResults = ['CONFORMING', 'FINDING', 'NOT_SAMPLED'] as const;
export type ItemResult = (typeof itemResults)[number];

/** Why an item is audited each year (rules §9 nos. 1, 3). */
export const yearlyCauses = ['CLAUSE', 'HIGH_RISK', 'RECENT_NC', 'CHANGED', 'INCIDENT', 'LEGAL', 'EXCEPTION'] as const;
export type YearlyCause = (typeof yearlyCauses)[number];

export const weightParts = ['RISK', 'OPEN_NC', 'CHANGE', 'INCIDENT', 'AGE'] as const;

/**
 * Rules §9 no. 4, part by part: highest residual level (low 1 … critical 4) + 2 for each open nonconformity + 1 for a change + 1 for an
 * incident + months since the last audit / 12. `because` holds references of cases, and for AGE the day of the last audit.
 */
export interface ItemWeight {
  total: number;
  parts: { what: (typeof weightParts)[number]; points: number; because: string[] }[];
  /** Empty: once in the cycle is enough. */
  yearly: { because: YearlyCause; refs: string[] }[];
}

export interface UniverseItem {
  key: ItemKey;
  kind: UniverseKind;
  /** Without the prefix. */
  id: string;
  title: string;
  /** Of Annex A: Organizational, People, Physical or Technological. */
  theme: string | null;
  /** Not applicable by the statement in force: audited as "exclusion still justified" (6.1.3 d). */
  excluded: boolean;
  weight: ItemWeight;
}

/** One item in one year of the cycle; keys of planned audits, and what issued ones have said of it. */
export interface MatrixCell {
  planned: string[];
  audited: { ref: string; on: LocalDate; result: ItemResult }[];
}

/** One row of the matrix item × year; its rows are exactly the universe. */
export interface MatrixRow {
  item: ItemKey;
  years: [MatrixCell, MatrixCell, MatrixCell];
  /** Reached in the cycle with a result that is not "not sampled". */
  covered: boolean;
}
