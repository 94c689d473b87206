import type { RiskDocument, RiskTrigger } from '../../contracts/risk.ts';
import { dueInstant, localDate } from '../calendar/due.ts';
import type { Follow, View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/** A risk that has to be assessed (again) asks for it: until assessments run, by an action for the ISO. */
export function assess({ file, doc, facts, now }: View<RiskDocument>, trigger: RiskTrigger): Follow[] {
  const due = dueInstant({ anchor: now, duration: inForce({ facts, now }).span('risk.rerating'), calendar: calendarOf({ file, facts, now }) });
  const title = `Assess the risk: ${doc.title}`.slice(0, 200);
  const payload = { title, description: trigger.reason, kind: 'RISK_REASSESSMENT' as const, unit: file.unit, due: localDate(due, file.zone) };
  return [{ follow: 'open', process: 'action', payload, link: 'reassessment', awaited: false, object: `${file.id}:${trigger.kind}:${file.version}` }];
}
