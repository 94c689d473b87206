import { Temporal } from 'temporal-polyfill';
import type { AuditorAccessBody, AuditorAccessDocument, AuditorAccessFromAudit, OpenAuditorAccess } from '../../contracts/auditor-access.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, LocalDate, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { isRequirementId } from '../framework/requirement.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';

/** What access of an auditor must not be: given to oneself, to anybody, without an end, or to what there is not (rules §3.1, SOD-06). */

export type Opens = OpenAuditorAccess | AuditorAccessFromAudit;
interface Opening {
  body: Opens;
  actor: Actor;
  facts: Facts;
  now: Instant;
}
type Sees<B> = View<AuditorAccessDocument, B>;

const GRANTORS = ['role:AUDIT_PROGRAMME_MANAGER', 'role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

export function openingReasons(opening: Opening): Reason[] {
  const { body, facts, now } = opening;
  const asked = opening.actor.person === null ? [] : grantorReasons(opening, opening.actor.person);
  return asked.length > 0 ? asked : [...periodReasons(body, { facts, now }), ...scopeReasons(body.scope, facts, now), ...auditReasons(opening)];
}

function grantorReasons({ body, facts, now }: Opening, by: PersonId): Reason[] {
  const keys: string[] = facts.directory.keysOf(by, now);
  if (!GRANTORS.some((key) => keys.includes(key))) return [reason('NOT_ENTITLED', { entitled: ['auditProgrammeManager', 'iso', 'isoDeputy', 'topManagement'] })];
  if (body.person === by) return [ownAccess(by)];
  return isAuditor(body.person, { facts, now }) ? [] : [reason('NOT_AN_AUDITOR', { person: body.person })];
}

const ownAccess = (person: PersonId): Reason => reason('SOD_BLOCKED', { rule: 'SOD-06', person, because: 'ownAccess', waivable: false });

/** Somebody who audits here, or comes from outside to do so. */
function isAuditor(person: PersonId, { facts: { directory }, now }: Pick<Opening, 'facts' | 'now'>): boolean {
  const roles = directory.rolesOf(person, now);
  return directory.person(person)?.external === true || directory.isAuditorAccount(person, now) || roles.includes('AUDITOR') || roles.includes('LEAD_AUDITOR');
}

/** Nobody needs it longer than that without being asked again. */
function periodReasons({ from, until }: { from: LocalDate; until: LocalDate }, ground: Pick<Opening, 'facts' | 'now'>): Reason[] {
  if (until < from) return [reason('PERIOD_REVERSED', { from, until })];
  const months = Number.parseInt(inForce(ground).value('auditorAccess.longest'), 10);
  const latest = Temporal.PlainDate.from(from).add({ months }).subtract({ days: 1 }).toString();
  return until > latest ? [reason('PERIOD_TOO_LONG', { until, latest })] : [];
}

/** Every item is one of the universe: of the standard, of the directory, or an own control or supplier that there is. */
function scopeReasons({ items }: Opens['scope'], facts: Facts, now: Instant): Reason[] {
  const unknown = items.filter((key) => !isItem(key, facts, now));
  return unknown.length > 0 ? [reason('UNKNOWN_ITEM', { path: 'scope.items', items: unknown })] : [];
}

const isKnown: Record<string, (id: string, facts: Facts, now: Instant) => boolean> = {
  clause: (id) => isRequirementId(id),
  control: (id) => isRequirementId(id),
  own: (id, { similar }) => similar.some(({ process, about }) => process === 'control' && about['control'] === id),
  supplier: (id, { cases }) => cases.some((each) => each.process === 'supplier' && each.id === id),
  unit: (id, { directory }, now) => directory.isUnitActive(id, now),
  site: (id, { directory }, now) => directory.sites(now).some((site) => site.id === id),
};

function isItem(key: string, facts: Facts, now: Instant): boolean {
  const [kind, id] = partsOf(key);
  return isKnown[kind]!(id, facts, now);
}

function partsOf(key: string): [kind: string, id: string] {
  const [kind = ''] = key.split(':', 1);
  return [kind, key.slice(kind.length + 1)];
}

/** Own controls and suppliers of a scope lie in cases of their own. */
export function scopeNeeds({ items }: { items: readonly string[] }): FactQuery[] {
  const parts = items.map(partsOf);
  const ids = parts.flatMap(([kind, id]) => (kind === 'supplier' && UUID.test(id) ? [id] : []));
  const own = parts.flatMap(([kind, value]): FactQuery[] => (kind === 'own' ? [{ fact: 'byKey', process: 'control', key: 'control', value }] : []));
  return [...own, ...(ids.length > 0 ? [{ fact: 'cases' as const, ids }] : [])];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The audit runs; for one that has ended nobody has to read anything. */
function auditReasons({ body, actor, facts }: Opening): Reason[] {
  if (actor.person === null || body.audit === undefined) return [];
  const audit = auditOf(body, facts)!;
  return audit.process === 'audit' && audit.settled === null ? [] : [reason('OUT_OF_SCOPE', { case: audit.ref, state: audit.state })];
}

export function auditOf({ audit }: Opens, { cases }: Facts): Pick<CaseSummary, 'id' | 'ref' | 'process' | 'settled' | 'state'> | undefined {
  return cases.find(({ id }) => id === (typeof audit === 'string' ? audit : audit?.id));
}

/** Nobody lets himself in for longer or further (SOD-06). */
function ownAccessReasons({ file, actor }: Pick<Sees<never>, 'file' | 'actor'>): Reason[] {
  return actor.person !== null && file.parties['auditor'] === actor.person ? [ownAccess(actor.person)] : [];
}

export function changedEndReasons({ file, doc, body, actor, facts, now }: Sees<AuditorAccessBody<'CHANGE_END'>>): Reason[] {
  const own = ownAccessReasons({ file, actor });
  if (own.length > 0 || !body) return own;
  return periodReasons({ from: doc.from, until: body.until }, { facts, now });
}

export function changedScopeReasons({ file, body, actor, facts, now }: Sees<AuditorAccessBody<'CHANGE_SCOPE'>>): Reason[] {
  const own = ownAccessReasons({ file, actor });
  return own.length > 0 || !body ? own : scopeReasons(body.scope, facts, now);
}
