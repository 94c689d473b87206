import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { myRisksQuery, myRisksView } from '../../contracts/my-risks.ts';
import type { OwnedRisk } from '../../contracts/my-risks.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import { emergencyHolds, ratingOf } from '../../domain/risk/about.ts';
import { confirmHash } from '../../domain/risk/rating.ts';
import { whatChanged } from '../../domain/risk/what-changed.ts';
import { ownedRisks, ownedRisksKey } from '../../prisma/queries/owned-risks.ts';
import { openAcceptances } from '../../prisma/queries/risk-acceptances.ts';
import { lastSignatures } from '../../prisma/queries/risk-signatures.ts';
import type { LastSignature } from '../../prisma/queries/risk-signatures.ts';
import { stepsSince } from '../../prisma/queries/risk-steps.ts';
import type { StepsSince } from '../../prisma/queries/risk-steps.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { afterOf } from './paging.ts';

const list = endpoint({
  ...{ method: 'get', path: '/my-risks', tag: 'Registers', access: 'signedIn' },
  summary: 'Risks that I own: how they are rated, until when they are accepted, and what has changed since I confirmed or accepted them',
  description: 'Open risks, by reference. With owner those of somebody else, as far as I may see them: the ISO and top management see all. Changes are read from the entries of the risk.',
  query: myRisksQuery,
  answers: { 200: { description: 'Risks of one owner', schema: myRisksView } },
  errors: [],
  async handle({ query: { owner, limit, cursor }, reader }, { pool }) {
    const of = owner ?? reader.person;
    const { items: files, next } = await ownedRisks(pool, { reader, owner: of, limit, after: afterOf(cursor, ownedRisksKey) });
    const risks = files.map(({ id }) => id);
    const [acceptances, signatures] = await Promise.all([openAcceptances(pool, reader, risks), lastSignatures(pool, risks)]);
    const steps = await stepsSince(pool, signatures);
    const signed = new Map(signatures.map((each) => [each.risk, each]));
    const items = files.map((file) => ({ ...standing(file), acceptances: acceptances.get(file.id) ?? [], ...sinceSigned(file.id, signed, steps) }));
    return ok({ owner: of, items, next });
  },
});

type Standing = Omit<OwnedRisk, 'acceptances' | 'signed' | 'changes'>;

function standing(file: CaseFile<RiskDocument>): Standing {
  const { id, ref, unit, state, document: doc } = file;
  const [inherent, target, residual] = [doc.ratings.inherent, doc.ratings.target, doc.ratings.residual].map((each) => each?.level ?? null);
  return {
    ...{ id, ref, title: doc.title, unit, state, category: doc.category, current: currentOf(file) },
    ...{ inherent: inherent!, target: target!, residual: residual!, decision: doc.decision, reviewOn: doc.reviewOn, rerate: doc.rerate },
    ...{ toConfirm: proposalOf(file), plan: doc.plan },
  };
}

function currentOf(file: CaseFile<RiskDocument>): OwnedRisk['current'] {
  const rating = ratingOf(file);
  return rating && { level: rating.level, score: rating.score, ratedOn: rating.on, criteria: rating.criteria, emergency: emergencyHolds(file) };
}

function proposalOf(file: CaseFile<RiskDocument>): OwnedRisk['toConfirm'] {
  const { proposal, included } = file.document;
  return proposal && { level: proposal.rating.level, contentHash: confirmHash(file)!, assessment: included && { id: included.id, ref: included.ref } };
}

function sinceSigned(risk: CaseId, signed: ReadonlyMap<CaseId, LastSignature>, steps: ReadonlyMap<CaseId, StepsSince>): Pick<OwnedRisk, 'signed' | 'changes'> {
  const signature = signed.get(risk);
  const known = steps.get(risk);
  if (!signature) return { signed: null, changes: [] };
  const { case: where, command, by, onBehalfOf, at, over } = signature;
  return { signed: { case: where, command, by, onBehalfOf, at }, changes: known ? whatChanged(known.signed, over, known.since) : [] };
}

export const myRiskEndpoints: Endpoint[] = [list];
