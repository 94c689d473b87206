import { openStatementBody } from '../../contracts/statement.ts';
import type { OpenStatement, StatementDocument } from '../../contracts/statement.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { OpeningView, ProcessDefinition } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { sourceQueries } from '../statement/sources.ts';
import { statementBehaviours } from './behaviours.ts';
import { statementGuards } from './guards.ts';
import { statementMachine } from './machine.ts';
import { statementPolicy } from './policy.ts';
import { firstDraft, isUnderWay, statementQueries, statementsOf } from './records.ts';

function openingReasons({ actor: { person }, facts, now }: OpeningView): Reason[] {
  if (person === null) return [];
  const held = facts.directory.keysOf(person, now);
  const entitled = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'] as const;
  return entitled.some((each) => held.includes(each)) ? [] : [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement'] })];
}

/** Statement of Applicability (ISO/IEC 27001:2022 6.1.3 d; rules §6.1, §18 "SoA"). */
export const statementOfApplicability: ProcessDefinition<StatementDocument> = {
  ...{ name: 'statementOfApplicability', prefix: 'SOA', version: 1 },
  machine: statementMachine,
  guards: statementGuards,
  policy: statementPolicy,
  behaviours: statementBehaviours,
  open: {
    by: 'everyone',
    body: openStatementBody,
    unit: (_: OpenStatement, { facts: { directory } }: { facts: Facts }) => directory.units().find(({ parent }) => !parent)?.id ?? '',
    document: ({ cause }: OpenStatement, now, { facts }) => firstDraft({ facts, now }, cause),
    parties: () => ({}),
    rules: openingReasons,
    needs: () => [...sourceQueries, ...statementQueries],
    attach: { to: (opening) => statementsOf(opening).find(isUnderWay), as: 'REDERIVE' },
  },
};
