import { Temporal } from 'temporal-polyfill';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { StatementDocument } from '../../contracts/statement.ts';
import { localDate } from '../calendar/due.ts';
import { inForce } from '../kernel/draft.ts';
import type { Guard, View } from '../kernel/definition.ts';
import { inconsistencies } from '../statement/consistency.ts';
import { sourcesOf } from '../statement/sources.ts';

type Ground = Pick<View<never>, 'facts' | 'now'>;

/** What stands against these rows as plans, risks and controls are now. */
export function checked({ facts, now }: Ground, { rows, justifications }: Pick<StatementDocument, 'rows' | 'justifications'>) {
  const months = Number.parseInt(inForce({ facts, now }).value('soa.evidenceAge'), 10);
  const today = localDate(now, facts.directory.organisation.zone);
  return inconsistencies({
    rows,
    sources: sourcesOf(facts.similar, justifications),
    evidenceSince: Temporal.PlainDate.from(today).subtract({ months }).toString(),
    isActive: (person) => facts.directory.isActive(person, now),
  });
}

/** Consistency errors of rules §6.1, one reason each. */
export function consistencyReasons(view: View<StatementDocument>): Reason[] {
  return checked(view, view.doc).errors.map(({ code, control, refs }) => reason('STATEMENT_INCONSISTENT', { problem: code, control: control ?? '', refs }));
}

const isConsistent: Guard<StatementDocument> = (view) => consistencyReasons(view as View<StatementDocument>);

export const statementGuards = { isConsistent };
