import type { Pool } from 'pg';
import type { OwedEffect } from '../../contracts/durable.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { fileAsOf } from './as-of.ts';
import { decideCommand, wakeCase } from './decide-case.ts';
import { directoryAsOf } from './directory-as-of.ts';
import { createDirectoryCache } from './directory-cache.ts';
import { performEffect, settleEffect } from './effects.ts';
import { storeEvidence, storeEvidenceLink } from './evidence.ts';
import type { EvidenceLinkUpload, EvidenceUpload } from './evidence.ts';
import { openCase } from './open-case.ts';
import type { OpeningDraft } from './open-case.ts';
import { openMany } from './open-many.ts';
import type { Openings } from './open-many.ts';
import { beginRestore, confirmRestore, noteStart } from './installation.ts';
import type { Confirmation, Start } from './installation.ts';
import { recordOperation } from './operations.ts';
import type { Operation } from './operations.ts';
import { importOrganisation } from './organisation.ts';
import type { OrganisationImport } from './organisation.ts';
import { rotateSealKey, seal } from './seals.ts';
import type { SealingKey } from './seals.ts';
import { findWaitingCases, load, openCases } from './standing.ts';
import type { OpenCase } from './standing.ts';
import { outcomeOf, storeCommand } from './stored-commands.ts';
import type { CommandDraft } from './stored-commands.ts';
import { verify } from './verify.ts';

/** The journal on PostgreSQL: everything that writes, behind one door, and what the durable cases ask of it. */
export function createJournal({ pool, clock }: { pool: Pool; clock: () => Instant }) {
  const context = { pool, clock, directories: createDirectoryCache() };
  return {
    openCase: (draft: OpeningDraft) => openCase(context, draft),
    openMany: (openings: Openings) => openMany(context, openings),
    storeCommand: (draft: CommandDraft) => storeCommand(context, draft),
    outcomeOf: (commandId: string) => outcomeOf(context, commandId),
    decideCommand: (caseId: CaseId, commandId: string) => decideCommand(context, caseId, commandId),
    wake: (caseId: CaseId) => wakeCase(context, caseId),
    load: (caseId: CaseId) => load(context, caseId),
    performEffect: (caseId: CaseId, effect: OwedEffect) => performEffect(context, caseId, effect),
    settleEffect: (caseId: CaseId, effect: OwedEffect) => settleEffect(context, caseId, effect),
    findWaitingCases: (input: { olderThanSeconds: number; limit: number }) => findWaitingCases(context, input),
    openCases: (input: { after: OpenCase | null; limit: number }) => openCases(context, input),
    importOrganisation: (input: OrganisationImport) => importOrganisation(context, input),
    recordOperation: (operation: Operation) => recordOperation(context, operation),
    directory: () => context.directories.newest(pool),
    directoryAsOf: (at: Instant) => directoryAsOf(context, at),
    storeEvidence: (upload: EvidenceUpload) => storeEvidence(context, upload),
    storeEvidenceLink: (upload: EvidenceLinkUpload) => storeEvidenceLink(context, upload),
    fileAsOf: (caseId: CaseId, at: Instant) => fileAsOf(context, caseId, at),
    noteStart: (start?: Start) => noteStart(context, start),
    beginRestore: (asked: Parameters<typeof beginRestore>[1]) => beginRestore(context, asked),
    confirmRestore: (confirmation: Confirmation) => confirmRestore(context, confirmation),
    seal: (key: SealingKey) => seal(context, key),
    rotateSealKey: (rotation: Parameters<typeof rotateSealKey>[1]) => rotateSealKey(context, rotation),
    verify: () => verify(context),
  };
}

export type Journal = ReturnType<typeof createJournal>;
