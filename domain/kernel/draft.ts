import type { CaseFile, EvidenceItem, Involvement } from '../../contracts/case-file.ts';
import type { Actor, Effect, EntryDraft, Happening, Notice, Task } from '../../contracts/entry.ts';
import type { CaseId, Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { desksOf, withStandIns } from '../access/desk.ts';
import type { Desks } from '../access/desk.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { localIso } from '../calendar/due.ts';
import type { InForce } from '../configuration/configuration.ts';
import type { ProcessDefinition, View } from './definition.ts';
import type { Facts } from './facts.ts';

/** Work in progress on one step: a private copy of the case, and what the step brings about. Nothing outside sees it until `finish`. */
export interface Draft {
  definition: ProcessDefinition<never>;
  file: CaseFile<never>;
  from: string | null;
  actor: Actor;
  body: Json;
  now: Instant;
  facts: Facts;
  happenings: Happening[];
  involvements: Involvement[];
  effects: Effect[];
  notices: Notice[];
}

export const SYSTEM: Actor = { person: null, role: 'SYSTEM' };

export interface Beginning {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  actor: Actor;
  body: Json;
  now: Instant;
  facts: Facts;
}

export function begin(beginning: Beginning): Draft {
  return regard({ ...beginning, file: structuredClone(beginning.file) });
}

/** For questions alone: the case itself, which nobody may change. */
export function regard({ definition, file, actor, body, now, facts }: Beginning): Draft {
  const made = { happenings: [], involvements: [], effects: [], notices: [] };
  return { definition, file: file as CaseFile<never>, from: file.state, actor, body, now, facts, ...made };
}

/** What rules and policies see of the draft. */
export function viewOf(draft: Draft): View<never, never> {
  const { file, body, actor, now, facts } = draft;
  return { file, doc: file.document, body: body as never, actor, now, facts };
}

/** Working calendar of the case's unit as it is in force now, in the zone pinned at its start. */
export function calendarOf({ file, facts, now }: Pick<View<never>, 'facts' | 'now'> & { file: Pick<CaseFile<unknown>, 'unit' | 'zone'> }): WorkingCalendar {
  const ofSite = facts.directory.calendarOfUnit(file.unit, now);
  return { ...(facts.configuration.at(now).calendar(ofSite.id) ?? ofSite), zone: file.zone };
}

/** What the organisation has set, as it is in force now. */
export function inForce({ facts, now }: Pick<View<never>, 'facts' | 'now'>): InForce {
  return facts.configuration.at(now);
}

/** Active persons that any of the principals stands for. */
export function personsOf(draft: Pick<Draft, 'facts' | 'now'>, keys: readonly PrincipalKey[]): PersonId[] {
  return [...new Set(keys.flatMap((key) => draft.facts.directory.resolve(key, draft.now)))];
}

/** On whose desk that lies now, in the own right or for somebody else. */
export function desks({ definition, facts, now }: Pick<Draft, 'definition' | 'facts' | 'now'>, task: Pick<Task, 'task' | 'principals' | 'except'>): Desks {
  return desksOf({ definition, directory: facts.directory, now }, task);
}

/** The persons, and who is told in the place of those that are absent. */
export function andStandIns({ facts, now }: Pick<Draft, 'facts' | 'now'>, persons: readonly PersonId[]): PersonId[] {
  return withStandIns({ directory: facts.directory, now }, persons);
}

/** Who did something to that object: who acted and, in the name of another, that one as well, so that later checks see both (SOD-12). */
export function involvementsOf({ actor: { person, onBehalfOf }, now: at }: Pick<Draft, 'actor' | 'now'>, relation: string, object: CaseId): Involvement[] {
  if (person === null) return [];
  const principal: Involvement[] = onBehalfOf === undefined ? [] : [{ person: onBehalfOf, relation, object, at, onBehalf: true }];
  return [{ person, relation, object, at }, ...principal];
}

/** Whom the engine has asked and who now answers: the person, or in whose name he or she acts. */
export function askedPerson({ person, onBehalfOf }: Actor): PersonId | null {
  return onBehalfOf ?? person;
}

/** What a command names as evidence becomes part of the case, collected by whom and when it was brought (rules §4.7). */
export function attachEvidence(draft: Draft, hashes: readonly string[], title: string): void {
  const known = draft.file.evidence.map(({ sha256 }) => sha256);
  for (const sha256 of new Set(hashes.filter((each) => !known.includes(each)))) {
    draft.file.evidence.push({ ...collected(draft, sha256), title, relatesTo: null, period: { from: null, until: null }, classification: 'INTERNAL' });
  }
}

/** By whom and when it was brought and, of what lies under an address, what was found there. */
export function collected({ actor, now, facts }: Draft, sha256: string): Pick<EvidenceItem, 'sha256' | 'collectedBy' | 'collectedAt' | 'kind' | 'link'> {
  const link = facts.evidence.find((each) => each.sha256 === sha256)?.link;
  return { sha256, collectedBy: actor.person ?? 'SYSTEM', collectedAt: now, ...(link && { kind: 'LINK' as const, link }) };
}

/** Closes the step: the next version of the case and the entry that tells it. */
export function finish(draft: Draft, type: string): EntryDraft {
  const { file, actor, now, from, body, happenings, involvements, effects, notices } = draft;
  file.version += 1;
  const told = (body as { reason?: unknown } | null)?.reason;
  return {
    ...{ version: file.version, type, actor, at: now, localAt: localIso(now, file.zone), from, to: file.state },
    ...{ reason: typeof told === 'string' ? told : null, body, happenings, involvements, effects, notices, file },
  };
}
