import type { AssessmentDocument } from '../contracts/assessment.ts';
import type { TaskView } from '../contracts/api.ts';
import type { CaseFile } from '../contracts/case-file.ts';
import type { PersonId } from '../contracts/identity.ts';
import type { RiskAbout, RiskDocument } from '../contracts/risk.ts';
import type { SigningCommand, ToSign } from '../contracts/signatures.ts';
import { caseState, definitionOf } from './case-view.ts';
import type { Sight } from './case-view.ts';

/** What a task asks to be signed, with the hash of what it says now: a row for each task by which somebody puts his or her name under something. */

export interface Asked {
  task: TaskView;
  file: CaseFile;
  sight: Sight;
  /** Risks on which assessments work. */
  risks: readonly CaseFile<RiskDocument>[];
}

type Signable = Omit<ToSign, 'case' | 'command' | 'due' | 'for'>;

interface SigningTask {
  command: SigningCommand;
  signables: (asked: Asked) => Signable[];
}

export const signingTasks: Record<string, SigningTask> = {
  approve: { command: 'APPROVE', signables: ({ file, sight }) => whole(file, caseState(file, sight).round?.contentHash) },
  confirmMigrated: { command: 'CONFIRM_MIGRATED', signables: ({ file }) => whole(file, about(file)['proposalHash']) },
  confirmTakenOver: { command: 'CONFIRM_TAKEN_OVER', signables: ({ file }) => whole(file, about(file)['contentHash']) },
  confirmRisks: { command: 'CONFIRM', signables: ofAssessment },
};

type About = Record<string, string | string[] | null>;

function about(file: CaseFile): About {
  return definitionOf(file).policy.about(file as never);
}

const text = (value: About[string] | undefined): string | null => (typeof value === 'string' ? value : null);

function whole(file: CaseFile, contentHash: About[string] | undefined): Signable[] {
  const { level, proposalLevel, until } = about(file);
  const hash = text(contentHash);
  return hash === null ? [] : [{ risk: null, contentHash: hash, level: text(level) ?? text(proposalLevel), until: text(until) }];
}

/** Each risk of the owner that is rated to the end and that he or she has not signed as it is now. */
function ofAssessment({ task, file, sight, risks }: Asked): Signable[] {
  const owner = task.why?.for ?? sight.person;
  const { confirmations } = file.document as unknown as AssessmentDocument;
  const isSigned = (risk: string, hash: string) => confirmations.some((each) => each.risk === risk && each.contentHash === hash && each.owner === owner);
  return risks.flatMap((risk) => {
    const { proposalIn, proposalHash, proposalLevel, proposalDecision, title } = about(risk as CaseFile) as RiskAbout;
    const isReady = proposalIn === file.id && ownerOf(risk) === owner && proposalHash !== null && proposalDecision !== null;
    return isReady && !isSigned(risk.id, proposalHash) ? [{ risk: { id: risk.id, ref: risk.ref, title }, contentHash: proposalHash, level: proposalLevel, until: null }] : [];
  });
}

function ownerOf({ parties }: CaseFile<RiskDocument>): PersonId | undefined {
  return parties['owner'];
}
