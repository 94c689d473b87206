import type {
  CorrectiveActionPlan,
  EffectivenessVerdict,
  NonconformityBody,
  NonconformityCommand,
  NonconformityDocument,
  ReportFromFinding,
  ReportNonconformity,
} from '../../contracts/nonconformity.ts';
import { localDate } from '../calendar/due.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { predecessorOf } from './repeat.ts';

/** What each command writes into the document of a nonconformity; nothing here decides. */
type Records<C extends NonconformityCommand> = View<NonconformityDocument, NonconformityBody<C>> & { body: NonconformityBody<C> };

export function reported(body: ReportNonconformity | ReportFromFinding): NonconformityDocument {
  const { finding = null, audit = null, recipient = 'UNITS' } = body as Partial<ReportFromFinding>;
  const { title, statement, source, requirement = null, detectedOn, occurredOn = null, grade = null, concerns = null, external = null } = body as ReportNonconformity;
  return {
    ...{ title, statement, source, requirement, detectedOn, occurredOn, grade, gradeProposal: null, concerns, external },
    ...{ closedByCb: null, cbEvidence: null, appealed: false, duplicateOf: null, occurrences: 1, predecessor: null, correction: null },
    ...{ causeAnalysis: null, correctionOnly: false, plan: null, planVersion: 0, planBy: null, redo: {}, waivers: [], implementedAt: null },
    ...{ windowDays: null, inconclusiveUsed: false, observed: [], recurrences: [], verdicts: [] },
    ...{ finding, audit, recipient, foundAgain: [] },
  };
}

/** What was not corrected since an earlier audit is another occurrence; a minor is proposed as a major, and is one where the later audit says so (rules §7). */
export function foundAgain({ doc, body, file, now }: Records<'FOUND_AGAIN'>): NonconformityDocument {
  const again = { id: body.finding.id, ref: body.finding.ref, audit: body.audit.id, on: localDate(now, file.zone) };
  const grade = body.grade === 'major' ? 'major' : doc.grade;
  return { ...doc, grade, gradeProposal: grade === 'minor' ? 'major' : null, occurrences: doc.occurrences + 1, foundAgain: [...(doc.foundAgain ?? []), again] };
}

/** Grade, requirement and what it repeats; a repeat proposes a grade up (rules §8 "Repeat NC"). */
export function accepted(view: Records<'ACCEPT'>): NonconformityDocument {
  const { doc, body, file } = view;
  const predecessor = predecessorOf({ ...view, file: { ...file, unit: body.unit } } as never);
  return {
    ...doc,
    grade: body.grade,
    duplicateOf: null,
    requirement: body.requirement,
    predecessor: predecessor && { id: predecessor.id, ref: predecessor.ref },
    gradeProposal: predecessor && body.grade === 'minor' ? 'major' : null,
  };
}

export function corrected({ doc, body }: Records<'RECORD_CORRECTION'>): NonconformityDocument {
  const { correction: text, consequences, effect, incidents, risks } = body;
  return { ...doc, correction: { text, possible: true, consequences, effect, incidents, risks } };
}

export function notCorrectable({ doc, body }: Records<'CORRECTION_NOT_POSSIBLE'>): NonconformityDocument {
  const { reason: text, consequences, effect, incidents, risks } = body;
  return { ...doc, correction: { text, possible: false, consequences, effect, incidents, risks } };
}

/** A cause seen before under the same requirement makes it a repeat, if it was not one already. */
export function causeFound(view: Records<'SUBMIT_CAUSE'>): NonconformityDocument {
  const { doc, body } = view;
  const found = doc.predecessor === null ? predecessorOf(view as never) : null;
  const predecessor = found ? { id: found.id, ref: found.ref } : doc.predecessor;
  const gradeProposal = found && doc.grade === 'minor' ? 'major' : doc.gradeProposal;
  return { ...doc, causeAnalysis: body, predecessor, gradeProposal };
}

/** A plan that names no window gets the one that is usual now, so that what is approved says it. */
export function planned(view: Records<'SUBMIT_PLAN'>): NonconformityDocument {
  const { doc, body, actor } = view;
  const windowDays = body.effectiveness.windowDays ?? Number.parseInt(inForce(view).value('nonconformity.effectivenessWindow'), 10);
  const plan: CorrectiveActionPlan = { ...body, effectiveness: { ...body.effectiveness, windowDays } };
  return { ...doc, plan, planVersion: doc.planVersion + 1, planBy: actor.person, correctionOnly: false, redo: {}, windowDays };
}

export function toBeRedone({ doc, body }: Records<'NOT_CONFIRMED'>): NonconformityDocument {
  const again = body.redo.map(({ action, due }) => [action, { due, round: (doc.redo[action]?.round ?? 0) + 1 }] as const);
  return { ...doc, redo: { ...doc.redo, ...Object.fromEntries(again) } };
}

/** Implementation counts from when the last action was verified, not from its confirmation. */
export function implementationConfirmed({ doc, file }: Records<'CONFIRM_IMPLEMENTATION'>): NonconformityDocument {
  return { ...doc, implementedAt: file.enteredAt };
}

export function observed({ doc, body }: Records<'RECORD_OCCURRENCE'>): NonconformityDocument {
  return { ...doc, observed: [...doc.observed, body] };
}

export function recurred({ doc, body, actor, now }: Records<'RECURRENCE'>): NonconformityDocument {
  const recurrence = { description: body.description, by: actor.person ?? 'SYSTEM', on: now };
  return { ...doc, occurrences: doc.occurrences + 1, recurrences: [...doc.recurrences, recurrence] };
}

export function foundEffective(view: Records<'EFFECTIVE'>): NonconformityDocument {
  return withVerdict(view, 'EFFECTIVE', { statement: view.body.statement, evidence: view.body.evidence });
}

/** The next attempt starts afresh; at the third the grade goes up (rules §8). */
export function foundIneffective(view: Records<'INEFFECTIVE'>): NonconformityDocument {
  const doc = withVerdict(view, 'INEFFECTIVE', { statement: view.body.reason, evidence: [] });
  return { ...startedAgain(doc), grade: view.file.attempt + 1 >= 3 ? 'major' : doc.grade };
}

export function foundInconclusive(view: Records<'INCONCLUSIVE'>): NonconformityDocument {
  const doc = withVerdict(view, 'INCONCLUSIVE', { statement: view.body.reason, evidence: [] });
  return { ...doc, inconclusiveUsed: true, windowDays: view.body.windowDays, observed: [] };
}

export function reopened({ doc }: Records<'REOPEN'>): NonconformityDocument {
  return startedAgain(doc);
}

function startedAgain(doc: NonconformityDocument): NonconformityDocument {
  return { ...doc, correctionOnly: false, inconclusiveUsed: false, observed: [], implementedAt: null, redo: {}, plan: null, planBy: null };
}

type Verdict = Pick<EffectivenessVerdict, 'statement' | 'evidence'>;

function withVerdict(
  { doc, file, actor, now }: View<NonconformityDocument>,
  verdict: EffectivenessVerdict['verdict'],
  { statement, evidence }: Verdict,
): NonconformityDocument {
  const entry = { attempt: file.attempt, verdict, by: actor.person!, at: now, statement, evidence };
  return { ...doc, verdicts: [...doc.verdicts, entry] };
}
