import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import type { MachineEvent } from '../kernel/machine.ts';

/**
 * Access of an auditor (rules §3.1 EXTERNAL_AUDITOR; docs/processes/auditorAccess.md). It opens and closes by its days; the states say
 * what has happened to it.
 */
export const auditorAccessMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
}).createMachine({
  id: 'auditorAccess',
  initial: 'granted',
  states: {
    // Until its first day.
    granted: {
      meta: { window: 'beginning' },
      on: { WINDOW_ELAPSED: 'inForce', CHANGE_END: {}, CHANGE_SCOPE: {}, REVOKE: 'revoked', AUDIT_ENDED: 'ended', HOLDER_LEFT: 'ended' },
    },
    inForce: {
      meta: { window: 'validity', deadline: 'accessEnd' },
      on: { WINDOW_ELAPSED: 'expired', CHANGE_END: 'inForce', CHANGE_SCOPE: {}, REVOKE: 'revoked', AUDIT_ENDED: 'ended', HOLDER_LEFT: 'ended' },
    },
    expired: { meta: { settled: 'expired' }, type: 'final' },
    revoked: { meta: { settled: 'revoked' }, type: 'final' },
    // The audit has ended, or the auditor has left.
    ended: { meta: { settled: 'ended' }, type: 'final' },
  },
});
