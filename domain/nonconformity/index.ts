import { reportBody, reportFromFindingBody } from '../../contracts/nonconformity.ts';
import type { NonconformityDocument, ReportFromFinding, ReportNonconformity } from '../../contracts/nonconformity.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { OpeningView, ProcessDefinition } from '../kernel/definition.ts';
import { nonconformityBehaviours } from './behaviours.ts';
import { nonconformityGuards } from './guards.ts';
import { nonconformityMachine } from './machine.ts';
import { nonconformityPolicy } from './policy.ts';
import { reported } from './records.ts';
import { reportsOwnFinding } from './rules.ts';

/** Who found it may withdraw it: the lead auditor of an audit, else who reported it (rules §8). */
function parties({ leadAuditor }: ReportNonconformity, opener: Actor): Record<string, string> {
  const finder = leadAuditor ?? opener.person;
  return finder ? { finder } : {};
}

/** The same was found by an earlier audit and is still open: it takes the finding up, as long as it is (rules §7 "Edge cases"). */
function takenUpBy({ body, facts }: OpeningView): CaseSummary | undefined {
  const { sameAs } = body as Partial<ReportFromFinding>;
  return sameAs === undefined ? undefined : facts.cases.find(({ id, settled }) => id === sameAs && settled === null);
}

/** Nonconformity and corrective action (ISO/IEC 27001:2022 10.2; rules §8). */
export const nonconformity: ProcessDefinition<NonconformityDocument> = {
  name: 'nonconformity',
  prefix: 'NC',
  version: 1,
  machine: nonconformityMachine,
  guards: nonconformityGuards as never,
  policy: nonconformityPolicy,
  behaviours: nonconformityBehaviours,
  open: {
    // What an audit reports is recorded when it should be; everything else may be recorded late.
    occurredOn: (body: ReportNonconformity | ReportFromFinding) => ('finding' in body ? null : body.detectedOn),
    by: 'everyone',
    body: reportBody,
    bodyFromParent: reportFromFindingBody,
    needs: ({ sameAs }: Partial<ReportFromFinding>) => (sameAs === undefined ? [] : [{ fact: 'cases', ids: [sameAs] }]),
    attach: { to: takenUpBy, as: 'FOUND_AGAIN' },
    unit: ({ unit }: ReportNonconformity) => unit,
    document: reported,
    parties,
    evidence: ({ evidence }: ReportNonconformity) => evidence,
    rules: reportsOwnFinding,
  },
};
