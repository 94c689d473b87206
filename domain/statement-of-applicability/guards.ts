import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { StatementDocument } from '../../contracts/statement.ts';
import type { Guard, View } from '../kernel/definition.ts';
import { checkedNow } from '../statement/checked-now.ts';
import { inconsistencies } from '../statement/consistency.ts';

type Ground = Pick<View<never>, 'facts' | 'now'>;

/** What stands against these rows as plans, risks and controls are now. */
export function checked(ground: Ground, { rows, justifications }: Pick<StatementDocument, 'rows' | 'justifications'>) {
  return inconsistencies({ rows, ...checkedNow(ground, justifications) });
}

/** Consistency errors of rules §6.1, one reason each. */
export function consistencyReasons(view: View<StatementDocument>): Reason[] {
  return checked(view, view.doc).errors.map(({ code, control, refs }) => reason('STATEMENT_INCONSISTENT', { problem: code, control: control ?? '', refs }));
}

const isConsistent: Guard<StatementDocument> = (view) => consistencyReasons(view as View<StatementDocument>);

export const statementGuards = { isConsistent };
