import type { AuditWindow, PlannedAudit, ProgrammeYear } from '../../contracts/audit-programme.ts';
import type { LocalDate, PersonId } from '../../contracts/identity.ts';
import type { ItemKey, UniverseItem } from '../../contracts/universe.ts';
import { distribute, reopenedItems } from './distribution.ts';
import { presenceOf } from './presence.ts';
import type { ProgrammePlan } from './presence.ts';
import { slotsOf } from './slots.ts';
import type { YearSlots } from './slots.ts';
import { proposeTeam } from './staffing.ts';
import type { Staff } from './staffing.ts';
import { methodFor, topicOf, topics, windowsOf } from './topics.ts';

/** Proposes the audits of a cycle by the rules of §9; what has begun, was issued or cancelled stays as it is. */

export interface PlanningGround {
  universe: readonly UniverseItem[];
  perYear: number;
  /** No audit can be prepared for a day before that. */
  earliest: LocalDate;
  staff: Staff;
}

const criteria = ['ISO/IEC 27001:2022', 'Statement of Applicability', 'Policies and rules of the organisation'];

/** All audits of the plan; everything still open is planned anew, each item with why this year. */
export function proposeAudits(plan: Omit<ProgrammePlan, 'risks' | 'outsider'>, ground: PlanningGround): PlannedAudit[] {
  const kept = plan.audits.filter(({ state }) => state !== 'planned');
  const years = slotsOf({ ...plan, ...ground });
  const gaps = new Set(plan.gaps.filter(({ signed }) => signed !== null).map(({ item }) => item));
  const reached = presenceOf({ ...plan, audits: kept });
  const assigned = distribute({ universe: ground.universe, years: years.map(({ year }) => year), reached, gaps, reopened: reopenedItems(kept, plan.results) });
  const drafts = years.flatMap((year) => draftsOf(year, assigned.get(year.year)!, ground));
  return [...kept, ...staffed(numbered(drafts, plan.audits.filter(({ state }) => state !== 'planned')), ground.staff)];
}

interface DraftAudit {
  year: ProgrammeYear;
  topic: number;
  window: AuditWindow;
  items: UniverseItem[];
  why: Record<ItemKey, string[]>;
}

/** One audit for each window of the year in which something falls. */
function draftsOf({ year, slots, clausesBy }: YearSlots, reasons: ReadonlyMap<ItemKey, string[]>, { universe, perYear }: PlanningGround): DraftAudit[] {
  const drafts = slots.map(({ window }): DraftAudit => ({ year, topic: 0, window, items: [], why: {} }));
  const inTime = clausesBy === null ? -1 : slots.findLastIndex(({ window }) => window.until <= clausesBy);
  const turn = new Map<number, number>();
  for (const item of universe) {
    const because = reasons.get(item.key);
    if (!because) continue;
    const place = item.kind === 'CLAUSE' && inTime >= 0 ? inTime : placeOf(item, { slots, perYear, turn });
    drafts[place]!.items.push(item);
    drafts[place]!.why[item.key] = because;
  }
  return drafts.filter(({ items }) => items.length > 0).map((each) => ({ ...each, topic: mainTopic(each.items) }));
}

/** The window of its topic, or the next one that is still to come. */
function placeOf(item: UniverseItem, { slots, perYear, turn }: { slots: YearSlots['slots']; perYear: number; turn: Map<number, number> }): number {
  const topic = topicOf(item);
  const windows = windowsOf(topic, perYear);
  const n = turn.get(topic) ?? 0;
  turn.set(topic, n + 1);
  const wanted = windows[n % windows.length]!;
  const found = slots.findIndex((slot) => slot.n >= wanted);
  return found === -1 ? slots.length - 1 : found;
}

/** Of which topic most of its items are. */
function mainTopic(items: readonly UniverseItem[]): number {
  const counts = topics.map((_, topic) => items.filter((item) => topicOf(item) === topic).length);
  return counts.indexOf(Math.max(...counts));
}

/** Keys go on after those that the year had before. */
function numbered(drafts: readonly DraftAudit[], before: readonly PlannedAudit[]): PlannedAudit[] {
  const taken = before.map(({ key }) => key);
  return drafts.map((draft) => {
    const key = freeKey(draft.year, taken);
    taken.push(key);
    return auditOf(key, draft);
  });
}

/** The next key of that year. */
export function freeKey(year: ProgrammeYear, taken: readonly string[]): string {
  const numbers = taken.filter((key) => key.startsWith(`y${year}-`)).map((key) => Number.parseInt(key.split('-a')[1]!, 10));
  return `y${year}-a${Math.max(0, ...numbers) + 1}`;
}

function auditOf(key: string, { year, topic, window, items, why }: DraftAudit): PlannedAudit {
  const { title, profile } = topics[topic]!;
  return {
    ...{ key, title, year, window, agreed: null, method: methodFor(items), criteria, profile, why },
    ...{ items: items.map((item) => item.key), lead: null, auditors: [], state: 'planned', audit: null },
  };
}

function staffed(audits: readonly PlannedAudit[], staff: Staff): PlannedAudit[] {
  const busy = new Map<PersonId, number>();
  return audits.map((audit) => {
    const team = proposeTeam(staff, { items: audit.items, on: audit.window.from, busy });
    for (const person of [team.lead, ...team.auditors]) if (person !== null) busy.set(person, (busy.get(person) ?? 0) + 1);
    return { ...audit, ...team };
  });
}
