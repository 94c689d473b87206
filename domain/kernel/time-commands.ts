import type { TimeCommand } from '../../contracts/time-commands.ts';
import type { CommonPolicy } from './common-commands.ts';
import * as extension from './extensions.ts';
import * as holding from './holds.ts';

/** Commands about the dates of a case that every process has (rules §4.2, §4.6). */
const officers = ['iso', 'isoDeputy', 'topManagement'];

export const timeCommands: { [C in TimeCommand]: CommonPolicy<C> } = {
  REQUEST_EXTENSION: { by: ['everyone'], afterEnd: false, reasons: extension.requestReasons, carryOut: extension.requestExtension },
  GRANT_EXTENSION: { by: ['everyone'], afterEnd: false, reasons: extension.grantReasons, carryOut: extension.grantExtension },
  REFUSE_EXTENSION: { by: ['everyone'], afterEnd: false, reasons: extension.decisionReasons, carryOut: extension.refuseExtension },
  WITHDRAW_EXTENSION: { by: ['everyone'], afterEnd: false, reasons: extension.withdrawReasons, carryOut: extension.withdrawExtension },
  HOLD: { by: officers, afterEnd: false, reasons: holding.holdReasons, carryOut: holding.putOnHold },
  PROLONG_HOLD: { by: officers, afterEnd: false, reasons: holding.prolongReasons, carryOut: holding.prolongHold },
  RESUME: { by: officers, afterEnd: false, reasons: holding.resumeReasons, carryOut: holding.resume },
};
