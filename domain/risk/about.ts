import type { CaseFile } from '../../contracts/case-file.ts';
import type { Rating, RiskAbout, RiskDocument } from '../../contracts/risk.ts';
import { isOpen } from '../kernel/deadlines.ts';
import { confirmHash } from './rating.ts';

/** What others know of a risk, and under which keys they find it. */

type File = CaseFile<RiskDocument>;

/** An emergency rating counts until it is confirmed or its ten working days are over (rules §5, §16.1). */
export function emergencyHolds({ document: { emergency }, deadlines }: Pick<File, 'document' | 'deadlines'>): boolean {
  const { emergency: runs } = deadlines;
  return emergency !== null && isOpen(runs) && !runs.steps.some(({ step, firedAt }) => firedAt !== null && step.startsWith('E'));
}

/** The rating that counts now. */
export function ratingOf(file: File): Rating | null {
  return emergencyHolds(file) ? file.document.emergency!.rating : file.document.ratings.current;
}

/** Existing controls that the risk relies on, or may once what an assessment works on holds: whoever has to look at it finds it by them. */
export function controlsOf(doc: RiskDocument): string[] {
  return [...new Set([...reliedOn(doc), ...proposedControls(doc)])].sort();
}

/** By its current rating: what the Statement of Applicability counts, approved data and nothing else (rules §6.1 "Derivation"). */
function reliedOn({ ratings }: RiskDocument): string[] {
  return [...(ratings.current?.controls ?? [])].sort();
}

function proposedControls({ proposal }: RiskDocument): string[] {
  return [...(proposal?.rating.controls ?? [])].sort();
}

const yes = (holds: boolean): 'yes' | 'no' => (holds ? 'yes' : 'no');

export function aboutOf(file: File): RiskAbout {
  const { document: doc, parties, unit } = file;
  const owner = parties['owner'] ?? null;
  return {
    ...{ title: doc.title, unit, owner, ownerAccepted: yes(owner !== null && doc.acceptedOwnership?.by === owner) },
    ...ratingsOf(file),
    ...proposalOf(file),
    ...{ controls: reliedOn(doc), proposalControls: proposedControls(doc), assets: doc.assets, processes: doc.processes, suppliers: doc.suppliers },
    ...{ affects: doc.affects, category: doc.category, migrated: yes(doc.migrated !== null), rerate: yes(doc.rerate !== null) },
    ...{ plan: doc.plan?.id ?? null, acceptance: doc.acceptance?.id ?? null, acceptanceKind: doc.acceptance?.kind ?? null, treatSince: doc.treatSince, reviewOn: doc.reviewOn },
  };
}

function ratingsOf(file: File) {
  const { ratings, decision, priority } = file.document;
  const rating = ratingOf(file);
  const [inherent, residual, target] = [ratings.inherent, ratings.residual, ratings.target].map((each) => each?.level ?? null);
  return {
    ...{ level: rating?.level ?? null, score: rating ? String(rating.score) : null, ratedOn: rating?.on ?? null, criteria: rating?.criteria ?? null },
    ...{ inherent: inherent!, residual: residual!, target: target!, decision, priority: priority === null ? null : String(priority) },
  };
}

function proposalOf(file: File) {
  const { proposal, included } = file.document;
  return {
    ...{ proposalHash: confirmHash(file), proposalLevel: proposal?.rating.level ?? null, proposalDecision: proposal?.decision ?? null },
    ...{ proposalBy: proposal?.by ?? null, proposalIn: included?.id ?? null },
    ...{ secondRated: yes(proposal?.secondRating != null), needsSecond: yes(proposal?.needsSecond ?? false) },
  } as const;
}

export function keysOf({ document: doc }: File): { key: string; value: string }[] {
  const each = (key: string, values: readonly string[]) => values.map((value) => ({ key, value }));
  return [
    ...each('register', ['risk']),
    ...each('control', controlsOf(doc)),
    ...each('asset', doc.assets),
    ...each('businessProcess', doc.processes),
    ...each('supplier', doc.suppliers),
    ...each('assessment', doc.included ? [doc.included.id] : []),
  ];
}
