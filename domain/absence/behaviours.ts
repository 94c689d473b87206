import type { AbsenceDocument } from '../../contracts/absence.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { hasPresentSubstitute } from './rules.ts';

/** Who hears of an absence (rules §3.3); where nobody stands in, the line manager does. */
type Sees = View<AbsenceDocument>;

const inform = (subject: string, ...to: PrincipalKey[]): Follow[] => (to.length === 0 ? [] : [{ follow: 'inform', subject, to }]);
const person = (id: PersonId | undefined): PrincipalKey[] => (id === undefined ? [] : [`person:${id}`]);

function recorded({ file, actor }: Sees): Follow[] {
  const { person: away, substitute } = file.parties;
  return [...inform('absenceRecorded', ...person(away === actor.person ? undefined : away)), ...inform('namedSubstitute', ...person(substitute))];
}

function begun(view: Sees): Follow[] {
  const { person: away } = view.file.parties;
  return [...inform('substituteNow', ...person(view.file.parties['substitute'])), ...(hasPresentSubstitute(view) ? [] : inform('absentWithoutSubstitute', `manager:${away!}`)), ...leavesOthers(view)];
}

/** Those who named the absent person as their substitute have none any more: their line managers hear of it, and are asked to name somebody. */
function leavesOthers({ file, facts, now }: Sees): Follow[] {
  const away = file.parties['person'];
  const left = facts.directory.casesOf('absence').filter(({ id, settled, about }) => id !== file.id && settled === null && about['substitute'] === away && facts.directory.isAbsent(String(about['person']), now));
  return left.flatMap(({ id, about }): Follow[] => [...inform('absentWithoutSubstitute', `manager:${String(about['person'])}`), { kind: 'nudge', to: id }]);
}

export const absenceBehaviours: Behaviours<AbsenceDocument> = {
  entering: { planned: recorded, ongoing: begun, ended: ({ file }) => inform('absenceEnded', ...person(file.parties['substitute'])) },
  after: { NAME_SUBSTITUTE: ({ file }) => inform('namedSubstitute', ...person(file.parties['substitute'])) },
};
