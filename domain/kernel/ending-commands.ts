import type { EndingCommand } from '../../contracts/ending-commands.ts';
import * as cancelling from './cancelling.ts';
import type { CommonPolicy } from './common-commands.ts';
import * as withdrawing from './withdrawing.ts';

/** Commands that end a case before it is done, which every process has (rules §4.2). */
export const endingCommands: { [C in EndingCommand]: CommonPolicy<C> } = {
  // The engine as well, where what began it is taken back: its process says so.
  WITHDRAW: { by: ['everyone', 'system'], afterEnd: false, reasons: withdrawing.withdrawReasons, carryOut: withdrawing.withdraw },
  LINK_WITHDRAWN: { by: ['system'], afterEnd: true, reasons: () => [], carryOut: withdrawing.linkWithdrawn },
  REQUEST_CANCEL: { by: ['everyone'], afterEnd: false, reasons: cancelling.requestCancelReasons, carryOut: cancelling.requestCancel },
  CONFIRM_CANCEL: { by: ['everyone'], afterEnd: false, reasons: cancelling.confirmCancelReasons, carryOut: cancelling.confirmCancel },
  REFUSE_CANCEL: { by: ['everyone'], afterEnd: false, reasons: cancelling.refuseCancelReasons, carryOut: cancelling.refuseCancel },
};
