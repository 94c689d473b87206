import type { OpenAudit, OpenAuditFromParent } from '../../contracts/audit.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { ContextRecordAbout } from '../../contracts/context-record.ts';
import type { Instant, UnitId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';
import { isInUnits } from '../scope/assessment-scope.ts';
import { unknownItems, universeNeeds } from './universe-items.ts';

/** What an audit may be about, and who may ask for one beside the programme (rules §7 `schedule`). */

type Opens = OpenAudit | OpenAuditFromParent;
interface Opening {
  body: Opens;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

const ASKING = ['role:AUDIT_PROGRAMME_MANAGER', 'role:ISO', 'isoDeputy', 'role:TOP_MGMT'];

export function openingReasons(opening: Opening): Reason[] {
  const { body, actor, facts, now } = opening;
  const keys: string[] = actor.person === null ? ASKING : facts.directory.keysOf(actor.person, now);
  if (!ASKING.some((key) => keys.includes(key))) return [reason('NOT_ENTITLED', { entitled: ['auditProgrammeManager', 'iso', 'isoDeputy', 'topManagement'] })];
  const { window, items, sites } = body;
  const unknown = [...unknownItems({ facts, now }, items), ...unknownItems({ facts, now }, sites.map((site) => `site:${site}`))];
  return [
    ...(window.until < window.from ? [reason('PERIOD_REVERSED', window)] : []),
    ...(unknown.length > 0 ? [reason('UNKNOWN_ITEM', { path: 'items', items: unknown })] : []),
    ...scopeReasons(opening),
  ];
}

/** What lies outside the confirmed scope of the ISMS is none of its audits. */
function scopeReasons({ body, facts, now }: Opening): Reason[] {
  const inside = scopeUnits(facts, now);
  const named = [...body.units, body.unit, ...body.items.flatMap((item) => (item.startsWith('unit:') ? [item.slice('unit:'.length)] : []))];
  const outside = inside === null ? [] : [...new Set(named)].filter((unit) => !isInUnits(unit, inside, { directory: facts.directory, now }));
  return outside.length > 0 ? [reason('OUTSIDE_SCOPE', { items: outside })] : [];
}

/** Null: no scope is confirmed, so that nothing can lie outside it. */
function scopeUnits({ similar }: Facts, now: Instant): UnitId[] | null {
  const records = similar.filter(({ process, settled }) => process === 'contextRecord' && settled === null).map(({ about }) => about as ContextRecordAbout);
  return records.find(({ kind, validUntil }) => kind === 'SCOPE' && validUntil !== null && validUntil > now)?.units ?? null;
}

export function openingNeeds(body: Opens): FactQuery[] {
  return [{ fact: 'byKey', process: 'contextRecord', key: 'kind', value: 'SCOPE' }, ...universeNeeds(body.items)];
}
