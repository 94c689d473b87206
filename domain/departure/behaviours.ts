import type { DepartureDocument } from '../../contracts/departure.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import type { Json } from '../../contracts/json.ts';
import { effectiveAt } from './rules.ts';

/** Whom a departure is told to (L21): every open case in which the person holds a party, or that asks the role, or of the unit. */
type Sees = View<DepartureDocument>;

function telling(view: Sees): Follow[] {
  const { file, doc } = view;
  const from = { from: file.id, fromRef: file.ref };
  if (doc.kind === 'UNIT_DISSOLVED') return [{ kind: 'broadcast', scope: { unit: doc.unit! }, command: 'UNIT_DISSOLVED', body: { ...from, unit: doc.unit, successor: doc.successor } }];
  const person = file.parties['person']!;
  const because = doc.kind === 'LEAVES' ? 'LEFT' : 'ROLE_ENDED';
  return [{ kind: 'broadcast', scope: { party: person }, command: 'HOLDER_LEFT', body: { ...from, person, because } }, ...rolesThatEnd(view).map((role) => roleEnds(from, role))];
}

function roleEnds(from: Record<string, Json>, role: string): Follow {
  return { kind: 'broadcast', scope: { principal: `role:${role}` }, command: 'PEOPLE_CHANGED', body: { ...from, because: `role:${role}` } };
}

/** Roles of the organisation that he held to the end; who holds them now is asked for what they ask. */
function rolesThatEnd({ file, doc, facts }: Sees): string[] {
  if (doc.kind === 'ROLE_ENDS') return [doc.role!];
  const before = new Date(Date.parse(effectiveAt(doc.lastDay, facts.directory)) - 1).toISOString();
  return facts.directory.rolesOf(file.parties['person']!, before);
}

/** The line manager and the ISO know early who has to be followed. */
function announced({ file }: Sees): Follow[] {
  const { person } = file.parties;
  return [{ follow: 'inform', subject: 'departureAnnounced', to: ['role:ISO', ...(person ? [`manager:${person}` as const] : [])] }];
}

export const departureBehaviours: Behaviours<DepartureDocument> = { entering: { announced, telling } };
