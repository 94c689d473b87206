import type { CaseFile } from '../../contracts/case-file.ts';
import type { EntryDraft, Refusal } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { accept } from './accept.ts';
import type { Command } from './accept.ts';
import type { ProcessDefinition } from './definition.ts';
import type { Facts } from './facts.ts';
import { wake } from './wake.ts';

export interface Deciding {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  facts: Facts;
  now: Instant;
  /** Nothing: only time passes. */
  command: Command | null;
}

export interface Decision {
  /** In order; they stay even where the command was refused. */
  entries: EntryDraft[];
  refusal: Refusal | null;
  file: CaseFile;
}

/**
 * One decision: time advances first, so a late approval is preceded by its escalations in the record; then the command; then
 * whatever became true or due by it.
 */
export function decide({ command, ...ground }: Deciding): Decision {
  const passed = wake({ ...ground, commandFollows: command !== null });
  if (!command) return conclude(ground.file, passed, null);
  const accepted = accept({ ...ground, file: last(ground.file, passed), command });
  const own = accepted.accepted ? [accepted.entry] : accepted.note ? [accepted.note] : [];
  const so = [...passed, ...own];
  const after = accepted.accepted ? wake({ ...ground, file: accepted.entry.file }) : [];
  return conclude(ground.file, [...so, ...after], accepted.accepted ? null : accepted.refusal);
}

function last(file: CaseFile, entries: readonly EntryDraft[]): CaseFile {
  return entries.at(-1)?.file ?? file;
}

function conclude(file: CaseFile, entries: EntryDraft[], refusal: Refusal | null): Decision {
  return { entries, refusal, file: last(file, entries) };
}
