import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { delegationGuards } from './guards.ts';

/**
 * Delegation (rules §3.3; docs/processes/delegation.md). It gives authority by its days and only once it was accepted; the states say
 * what people have to do with it.
 */
export const delegationMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(delegationGuards),
}).createMachine({
  id: 'delegation',
  initial: 'proposed',
  states: {
    proposed: {
      meta: { task: 'accept', deadline: 'acceptance', window: 'offer' },
      on: { ACCEPT: { target: 'accepted', guard: 'isStillPossible' }, DECLINE: 'declined', REVOKE: 'revoked', WINDOW_ELAPSED: 'lapsed', HOLDER_LEFT: 'ended' },
    },
    // Until its first day.
    accepted: { meta: { window: 'beginning' }, on: { WINDOW_ELAPSED: 'inForce', REVOKE: 'revoked', HOLDER_LEFT: 'ended' } },
    inForce: { meta: { window: 'validity', deadline: 'expiry' }, on: { WINDOW_ELAPSED: 'expired', REVOKE: 'revoked', HOLDER_LEFT: 'ended' } },
    expired: { meta: { settled: 'expired' }, type: 'final' },
    revoked: { meta: { settled: 'revoked' }, type: 'final' },
    declined: { meta: { settled: 'declined' }, type: 'final' },
    // The delegator or the delegate has left (rules §3.3).
    ended: { meta: { settled: 'ended' }, type: 'final' },
    // Nobody answered until its last day had passed.
    lapsed: { meta: { settled: 'lapsed' }, type: 'final' },
  },
});
