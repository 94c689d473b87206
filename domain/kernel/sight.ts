import type { PersonId } from '../../contracts/identity.ts';
import { maySee, readerKeys, viewersOf } from '../access/visibility.ts';
import type { Draft } from './draft.ts';
import { tasksOf } from './tasks.ts';

/**
 * May this person see the case, by the directory of this decision? The API asked before the command was stored; whoever lost the right
 * since then says nothing more to it. Who belongs to the case is found without working out its tasks.
 */
export function seesCase(draft: Draft, person: PersonId): boolean {
  const { file, facts, now } = draft;
  if (facts.directory.isShutOut(person, now)) return false;
  const involved = facts.involvements.map((each) => each.person);
  if (file.openedBy === person || Object.values(file.parties).includes(person) || involved.includes(person))
    return true;
  const { auditedAs, seenByHeadsOf } = draft.definition.policy;
  const viewers = viewersOf(file, { tasks: tasksOf(draft), involved, items: auditedAs(file), units: seenByHeadsOf?.(file) });
  return maySee({ process: file.process, viewers }, readerKeys(facts.directory, person, now));
}
