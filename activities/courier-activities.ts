import { Context } from '@temporalio/activity';
import type { CourierActivities } from '../contracts/durable.ts';
import type { Courier } from './courier.ts';

const HEARTBEAT_MS = 3_000;
/** After so long the workflow is told how it went, and asks again. */
const ROUND_MS = 5 * 60_000;

/** The activities of the courier workflow. */
export function createCourierActivities(courier: Courier): CourierActivities {
  return {
    sortMail: () => courier.sort(),
    async deliverMail() {
      const { cancellationSignal, heartbeat } = Context.current();
      const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
      try {
        return await courier.deliver(AbortSignal.any([cancellationSignal, AbortSignal.timeout(ROUND_MS)]));
      } finally {
        clearInterval(beating);
      }
    },
  };
}
