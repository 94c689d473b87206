import type { RecordCommand } from '../../contracts/record-commands.ts';
import type { CommonPolicy } from './common-commands.ts';
import { authorOfEntry, correctRecord, correctionReasons } from './corrections.ts';
import * as keeping from './keeping.ts';

/** Commands about what is on record, which every process has (rules §4.2, §4.7). */
export const recordCommands: { [C in RecordCommand]: CommonPolicy<C> } = {
  CORRECT_RECORD: { by: ['viewer'], afterEnd: true, needs: authorOfEntry, reasons: correctionReasons, carryOut: correctRecord },
  LEGAL_HOLD: { by: ['everyone'], afterEnd: true, reasons: keeping.legalHoldReasons, carryOut: keeping.setLegalHold },
  RELEASE_HOLD: { by: ['everyone'], afterEnd: true, reasons: keeping.releaseReasons, carryOut: keeping.releaseLegalHold },
};
