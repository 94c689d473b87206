import type { RiskDocument, RiskTrigger } from '../../contracts/risk.ts';
import type { Follow, View } from '../kernel/definition.ts';

/** A risk that has to be assessed (again) asks for it; where an assessment runs that covers it, it is attached there (rules §5). */
export function assess({ file }: View<RiskDocument>, { kind, ref, reason }: RiskTrigger): Follow[] {
  const payload = { trigger: { kind, reason, ...(ref && { ref }) }, scope: { risks: [file.id] }, unit: file.unit, proposed: 'SINGLE_RISK' };
  return [{ follow: 'open', process: 'assessment', payload, link: 'reassessment', awaited: false, object: `${file.id}:${kind}:${file.version}` }];
}
