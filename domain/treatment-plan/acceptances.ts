import type { AcceptanceSignature, LapseCause } from '../../contracts/acceptance.ts';
import type { Json } from '../../contracts/json.ts';
import type { TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Follow, View } from '../kernel/definition.ts';
import { acceptanceLinks, caseOf, levelOf, ownerOf, residualHash, retained, treated } from './rules.ts';

/** Acceptances that a plan asks for: of the present level until it is carried out, of what is retained, and of what remains (rules §6, §18). */

type Doc = TreatmentPlanDocument;
type Seen = View<Doc>;

interface Opening {
  risk: string;
  kind: 'INTERIM' | 'RETAINED' | 'RESIDUAL';
  link: 'interim' | 'retained' | 'residual';
  reason: string;
  contentHash: string;
  until?: string | undefined;
  signedBy?: AcceptanceSignature[];
  level?: string;
  expected?: string;
  ratedOn?: string;
  criteria?: string;
  compensatingControls?: string[];
}

export function openAcceptance(view: Seen, { risk, link, until, ...asked }: Opening): Follow {
  const { file, doc, now } = view;
  const found = caseOf(view, risk);
  const about = found?.about ?? {};
  const payload = {
    ...{ risk, riskRef: doc.riskRefs[risk] ?? found?.ref ?? risk, title: about['title'] ?? doc.title, unit: file.unit, owner: ownerOf(view, risk) },
    ...{ level: levelOf(view, risk), criteria: about['criteria'] ?? 'default', ratedOn: about['ratedOn'] ?? now.slice(0, 10) },
    ...(about['category'] && { category: about['category'] }),
    ...{ plan: file.id, planRef: file.ref, ...asked, ...(until && { until }) },
  };
  const part = { key: risk, contentHash: asked.contentHash };
  // What has lapsed may be accepted again in the same words: it is another decision, not the same trigger twice.
  const object = `${file.id}:${link}:${risk}:${file.version + 1}`;
  return { follow: 'open', process: 'acceptance', payload: payload as unknown as Json, link, awaited: false, object, part };
}

/** Who has signed for that risk by approving the plan: its owner, and TOP_MGMT where it had to. */
function signatures(view: Seen, risk: string): AcceptanceSignature[] {
  const { file } = view;
  const owner = ownerOf(view, risk);
  const signed = decisions(view).filter(({ person, role }) => role === 'TOP_MGMT' || person === owner);
  return signed.map(({ person, role, at, by }) => ({ person: by, role, at, source: file.ref, ...(by !== person && { onBehalfOf: person }) }));
}

interface Decision {
  /** Who decided or in whose name it was decided. */
  person: string;
  by: string;
  at: string;
  role: 'RISK_OWNER' | 'TOP_MGMT';
}

/** Approvals since the owners were asked: those of the rounds before are on record as involvements, the last one lies in its round. */
function decisions(view: Seen): Decision[] {
  const { file, facts } = view;
  const since = file.anchors['round:ownerApproval'] ?? '';
  const roles: Record<string, Decision['role']> = { approvedTreatment: 'RISK_OWNER', coAcceptedRisk: 'TOP_MGMT' };
  const before = facts.involvements.filter(({ object, relation, at }) => object === file.id && relation in roles && at >= since);
  const earlier = before.map(({ person, relation, at, onBehalf }): Decision => {
    const actor = onBehalf ? before.find((each) => each.at === at && each.relation === relation && !each.onBehalf)?.person : undefined;
    return { person, by: actor ?? person, at, role: roles[relation]! };
  });
  const last = (file.closedRound?.seats ?? []).flatMap(({ name, decision }): Decision[] => {
    const isTop = name === 'topManagement';
    if (decision?.verdict !== 'APPROVE' || !(isTop || name.startsWith('riskOwner:'))) return [];
    return [{ person: decision.onBehalfOf ?? decision.by, by: decision.by, at: decision.at, role: isTop ? 'TOP_MGMT' : 'RISK_OWNER' }];
  });
  return [...new Map([...earlier, ...last].map((each) => [`${each.role}:${each.person}`, each])).values()];
}

/** The present level is tolerated until the target date (rules §18): signed by approving the plan. */
export function acceptInterim(view: Seen): Follow[] {
  const { doc } = view;
  const until = doc.content!.targetDate;
  return treated(doc).flatMap(({ risk }) => {
    const hash = contentHash({ risk, level: levelOf(view, risk) ?? null, until });
    if (isRunning(view, 'interim', risk, hash)) return [];
    const reason = `Tolerated until the treatment by ${view.file.ref} is carried out`;
    return [openAcceptance(view, { risk, kind: 'INTERIM', link: 'interim', until, reason, signedBy: signatures(view, risk), contentHash: hash })];
  });
}

export function acceptRetained(view: Seen): Follow[] {
  return retained(view.doc).flatMap(({ risk, reason, until, compensatingControls }) => {
    const hash = contentHash({ risk, level: levelOf(view, risk) ?? null, until: until ?? null, compensatingControls });
    if (isRunning(view, 'retained', risk, hash)) return [];
    return [openAcceptance(view, { risk, kind: 'RETAINED', link: 'retained', until, reason, compensatingControls, signedBy: signatures(view, risk), contentHash: hash })];
  });
}

/** What remains is accepted apart from the plan (6.1.3 f), beside what had been expected. */
export function acceptResidual(view: Seen): Follow[] {
  const { doc } = view;
  return treated(doc).flatMap(({ risk, expected, option }) => {
    const rating = doc.residual[risk];
    const hash = residualHash(doc, risk);
    if (!rating || isRunning(view, 'residual', risk, hash)) return [];
    const reason = `What remains after ${option} by ${view.file.ref}`;
    const { level, on: ratedOn, criteria } = rating;
    return [openAcceptance(view, { risk, kind: 'RESIDUAL', link: 'residual', reason, level, expected, ratedOn, criteria, contentHash: hash })];
  });
}

function isRunning(view: Seen, type: string, risk: string, hash: string): boolean {
  const link = acceptanceLinks(view, type).get(risk);
  return link?.contentHash === hash && (caseOf(view, link.to)?.settled ?? null) === null;
}

/** Acceptances that stood for the plan end with it. */
export function endInterim(view: Seen, risks: readonly string[], because: string): Follow[] {
  return linksOf(view, ['interim', 'residual'])
    .filter(({ key, to }) => risks.includes(key ?? '') && caseOf(view, to)?.settled === null)
    .map(({ to }) => revoke(view, to, because));
}

/** What is asked for while the plan is carried out and not decided when it is complete has nothing left to tolerate. */
export function withdrawInterim(view: Seen, because: string): Follow[] {
  return linksOf(view, ['interim'])
    .filter(({ to }) => ['requested', 'underReview', 'granted'].includes(caseOf(view, to)?.state ?? ''))
    .map(({ to }) => revoke(view, to, because));
}

const linksOf = ({ file }: Seen, types: readonly string[]) => file.links.filter(({ type }) => types.includes(type));
const revoke = ({ file }: Seen, to: string, because: string): Follow => ({ kind: 'command', to, command: 'REVOKE_BY_TRIGGER', body: { because, ref: file.ref } });

/** What tolerates the present levels lapses; one that somebody decides on just now goes on to be decided. */
export function lapseInterim(view: Seen, risks: readonly string[], { because, ref }: { because: LapseCause; ref?: string }): Follow[] {
  const links = [...acceptanceLinks(view, 'interim')].filter(([risk, { to }]) => risks.includes(risk) && caseOf(view, to)?.about['inEffect'] === 'yes');
  return links.map(([, { to }]) => ({ kind: 'command', to, command: 'LAPSE', body: { because, ...(ref && { ref }) } }));
}
