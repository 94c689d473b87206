import type { MandateView, MeView } from '../../../contracts/api-records.ts';
import { type Answer, answer } from '../answer.ts';
import { facts, section, table } from '../display/table.ts';
import { timeIn } from '../display/times.ts';
import { type PersonOptions, connect } from './connection.ts';

/** `isms me` */
export async function me(options: PersonOptions): Promise<Answer> {
  const api = await connect(options);
  return answer(await api.get<MeView>('/me'), meText);
}

function meText({ person, roles, organisation, absent, standsInFor, standIns }: MeView): string {
  const about = facts([
    ['person', `${person.name} (${person.id})${absent ? ', absent' : ''}`],
    ['unit', person.unit],
    ['roles', roles.join(', ') || 'none'],
    ['organisation', organisation.name],
  ]);
  const time = timeIn(organisation.zone);
  return [
    about,
    ...section('You stand in for', mandates(standsInFor, time)),
    ...section('Who stands in for you', mandates(standIns, time)),
  ].join('\n\n');
}

function mandates(all: readonly MandateView[], time: (instant: string) => string): string {
  if (all.length === 0) return '';
  return table(
    ['PERSON', 'AS', 'FOR', 'UNTIL', 'CASE'],
    all.map(({ person, kind, scope, until, ref }) => [person, kind, scope.join(', ') || 'everything', time(until), ref]),
  );
}
