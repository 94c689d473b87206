import type { AuditReport, IssuedReport, NotCovered, ReportedFinding } from '../../contracts/audit.ts';
import type { FindingGrade, FindingStatement } from '../../contracts/finding.ts';
import type { Json } from '../../contracts/json.ts';
import { localDate } from '../calendar/due.ts';
import { contentHash } from '../kernel/canonical.ts';
import { findingsOf, isLeftUncovered, reportedResult, resultOf } from './results.ts';
import type { FindingOfAudit } from './results.ts';
import { leadOf, teamOf } from './team.ts';
import type { Sees } from './team.ts';
import { today } from './times.ts';

/** The report as it is issued and frozen: all that 9.2.2 and rules §7 `issue` ask for, and nothing that can change afterwards. */

function itemsOf(view: Sees): AuditReport['items'] {
  return view.doc.items.map((item) => {
    const found = isLeftUncovered(view.doc, item.key) ? undefined : resultOf(view.doc, item.key);
    if (!found) return { ...item, result: null };
    const { method, population, sample, reason, evidence, by, at } = found;
    return { ...item, result: { result: reportedResult(view, item.key), method, population, sample, reason, evidence, by, at } };
  });
}

/** What was not sampled, what an early end has left out, and what nobody independent was found for. */
function notCovered(view: Sees): NotCovered[] {
  const { doc } = view;
  return doc.items.flatMap(({ key: item }): NotCovered[] => {
    const left = doc.notCovered.find((each) => each.item === item);
    if (left) return [left];
    const found = resultOf(doc, item);
    if (found === undefined) return [{ item, cause: 'TERMINATED', reason: doc.terminated?.reason ?? '' }];
    return found.result === 'NOT_SAMPLED' ? [{ item, cause: 'NOT_SAMPLED', reason: found.reason ?? '' }] : [];
  });
}

function findingOf({ number, item, link, found }: FindingOfAudit): ReportedFinding {
  const about = found!.about;
  return {
    ...{ case: link.to, ref: found!.ref, number, item, requirement: String(about['requirement']), units: about['units'] as string[] },
    ...{ grade: about['grade'] as FindingGrade, statement: JSON.parse(about['statement'] as string) as FindingStatement },
  };
}

function contentOf(view: Sees, version: number, because: string | null): AuditReport {
  const { doc, file } = view;
  const { opening, closing } = doc.meetings;
  const plan = doc.plan!;
  return {
    audit: { id: file.id, ref: file.ref, title: doc.title, kind: doc.kind },
    version,
    programme: doc.programme && { ref: doc.programme.ref, key: doc.programme.key },
    ...{ objectives: plan.objectives, scope: plan.scope, criteria: plan.criteria, method: plan.method },
    dates: { from: opening!.heldOn, until: closing?.heldOn ?? localDate(doc.terminated?.at ?? view.now, file.zone) },
    ...{ units: doc.units, sites: doc.sites, team: teamOf(view), waivers: doc.waivers, meetings: { opening: opening!, closing } },
    ...{ items: itemsOf(view), findings: findingsOf(view).map(findingOf), conclusions: doc.conclusions!, obstacles: doc.obstacles },
    ...{ notCovered: notCovered(view), comments: doc.comments, distribution: doc.distribution, because },
    ...{ issuedBy: leadOf(view)!, issuedOn: today(view) },
  };
}

export function issuedReport(view: Sees, because: string | null): IssuedReport {
  const version = view.doc.reports.length + 1;
  const content = contentOf(view, version, because);
  return { version, hash: contentHash(content as unknown as Json), issuedAt: view.now, because, content };
}
