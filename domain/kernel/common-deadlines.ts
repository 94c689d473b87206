import type { DeadlinePolicy } from './definition.ts';
import { inForce } from './draft.ts';

/** Deadlines of the kernel itself: named `KIND:ROLE`, set and met by what happens to a party, whatever the state. */

const rows: Record<string, (role: string) => Pick<DeadlinePolicy<never>, 'duration' | 'onDate' | 'ladder' | 'owner'>> = {
  /** Rules §3.3: a leaver's assignment is given to somebody within 5 working days. */
  reassignment: (role) => ({ duration: (view) => inForce(view).span('reassignment'), ladder: 'reassignment', owner: `interim:${role}` }),
  /** Rules §3.3: who takes over confirms within 30 calendar days. */
  takeover: (role) => ({ duration: (view) => inForce(view).span('takeover'), ladder: 'standard', owner: `holder:${role}` }),
  /** Rules §4.6: whoever is asked for a later date of the deadline decides. */
  extension: (deadline) => ({ duration: (view) => inForce(view).span('extension.decision'), ladder: 'standard', owner: `approver:${deadline}` }),
  /** Rules §4.2: a second person decides whether the case is called off. */
  cancel: () => ({ duration: (view) => inForce(view).span('cancel.decision'), ladder: 'standard', owner: 'canceller:case' }),
  /** Rules §4.2: a case on hold is looked at again. */
  hold: () => ({ onDate: ({ file }) => file.hold?.reviewOn ?? null, ladder: 'standard', owner: 'holdKeeper:review' }),
};

/** The deadline of that name, anchored on the instant of the same name; null where a process has to know it. */
export function commonDeadline(name: string): DeadlinePolicy<never> | null {
  const [kind = '', role] = name.split(':');
  return role !== undefined && Object.hasOwn(rows, kind) ? { after: name, ...rows[kind]!(role) } : null;
}
