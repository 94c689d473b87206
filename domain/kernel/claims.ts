import type { CaseFile } from '../../contracts/case-file.ts';
import { reason } from '../../contracts/reasons.ts';
import { decide } from './decide.ts';
import type { Deciding, Decision } from './decide.ts';
import type { ProcessDefinition } from './definition.ts';
import type { HeldClaim } from './facts.ts';
import type { Opened } from './open.ts';

/**
 * A claim is a unique key that a case holds after a step: one plan per risk, one active version of the criteria (design.md "Words").
 * The driver says who holds it already; what follows from that is decided here, for both drivers alike.
 */

/** The case would take what another holds, and nobody has asked for it: it is looked at again when the other has let go. */
export class ClaimTaken extends Error {
  constructor({ key, ref }: HeldClaim) {
    super(`claim ${key} is held by ${ref}`);
    this.name = 'ClaimTaken';
  }
}

/** What the case holds, each once and sorted. */
export function claimsOf({ policy }: ProcessDefinition<never>, file: CaseFile | null): string[] {
  return file === null ? [] : [...new Set(policy.claims?.(file as never) ?? [])].sort();
}

/** A case before and after a step; null before it was opened. */
export interface ClaimingStep {
  definition: ProcessDefinition<never>;
  before: CaseFile | null;
  after: CaseFile;
}

/** What it holds after a step and did not before. */
export function newClaims({ definition, before, after }: ClaimingStep): string[] {
  const held = claimsOf(definition, before);
  return claimsOf(definition, after).filter((each) => !held.includes(each));
}

/** The decision as it is where another case holds what it claims: refused, and only time has passed. */
export function withoutClaims(deciding: Deciding, decision: Decision, taken: readonly HeldClaim[]): Decision {
  if (taken.length === 0) return decision;
  if (!deciding.command) throw new ClaimTaken(taken[0]!);
  const { entries, file } = decide({ ...deciding, command: null });
  return { entries, file, refusal: { command: deciding.command.name, reasons: taken.map(claimed) } };
}

/** What an opening would claim by its last entry; null where nothing is opened. */
export function openingStep(definition: ProcessDefinition<never>, opened: Opened): ClaimingStep | null {
  return opened.opened ? { definition, before: null, after: opened.entries.at(-1)!.file } : null;
}

/** The opening as it is where another case holds what it claims. */
export function openedWithoutClaims(opened: Opened, taken: readonly HeldClaim[]): Opened {
  return taken.length === 0 ? opened : { opened: false, reasons: taken.map(claimed) };
}

const claimed = ({ key, ref }: HeldClaim) => reason('CLAIMED', { key, by: ref });
