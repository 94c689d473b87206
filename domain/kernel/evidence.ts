import { Temporal } from 'temporal-polyfill';
import type { EvidenceItem } from '../../contracts/case-file.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { atLocalTime } from '../calendar/due.ts';
import { isRequirementId } from '../framework/requirement.ts';
import { collected, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { keepEvidence } from './keeping.ts';
import { statesOf } from './machine.ts';
import { tell } from './notices.ts';

/** What proves something (rules §4.7): what it relates to, and until when it is valid. */

export function evidenceReasons({ definition }: Draft, body: CommonBody<'ADD_EVIDENCE'> | undefined): Reason[] {
  const { relatesTo } = body ?? {};
  if (relatesTo === undefined || isRequirementId(relatesTo) || isStep(definition, relatesTo)) return [];
  return [reason('UNKNOWN_RELATION', { path: 'relatesTo', relatesTo })];
}

/** A state, a task or a command of the process. */
function isStep(definition: Draft['definition'], name: string): boolean {
  const { commands, tasks } = definition.policy;
  return [statesOf(definition), Object.keys(tasks), Object.keys(commands), Object.keys(commonCommandBodies)].some((names) => names.includes(name));
}

export function addEvidence(draft: Draft, body: CommonBody<'ADD_EVIDENCE'>): null {
  const { evidence, title, relatesTo = null, periodFrom = null, periodUntil = null, classification, kind, validUntil, recordClass, keepUntil } = body;
  const period = { from: periodFrom, until: periodUntil };
  const validity = validUntil && { until: validUntil, ends: endOfDay(validUntil, draft.file.zone), toldAt: null };
  const item: EvidenceItem = { title, relatesTo, period, classification, kind, ...collected(draft, evidence), ...(validity && { validity }), recordClass, ...(keepUntil && { keepUntil }) };
  keepEvidence(draft, item);
  draft.file.evidence.push(item);
  return null;
}

/** The first instant after that day at the site. */
function endOfDay(date: LocalDate, zone: string): Instant {
  return atLocalTime(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), '00:00', zone);
}

/** Who collected it is told, where he is still there; and the owner of the case. */
export function expire(draft: Draft, sha256: string): void {
  const item = draft.file.evidence.find((each) => each.sha256 === sha256 && each.validity?.toldAt === null)!;
  const { owner } = draft.definition.policy.list(draft.file);
  const told = personsOf(draft, [`person:${item.collectedBy}`, ...(owner ? [`person:${owner}` as const] : [])]);
  item.validity!.toldAt = draft.now;
  draft.happenings.push({ kind: 'evidenceExpired', evidence: sha256, until: item.validity!.until, told });
  tell(draft, told, { kind: 'information', cause: `evidence:${sha256}`, data: { subject: 'evidenceExpired' } });
}
