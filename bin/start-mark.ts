import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Every start on a data folder of our own leaves a mark in the database and, outside of it, in ISMS_HOME. Where they differ, the data are
 * not those of the last start: they were restored. Both are written in an order in which a kill in between leaves one that is known.
 */
export interface StartMarks {
  known: string[];
  next: string;
}

export function readStartMarks(home: string): StartMarks {
  const marks = { known: marksIn(home), next: randomUUID() };
  writeMarks(home, [...marks.known, marks.next]);
  return marks;
}

/** The database has taken the mark: the ones before it are not known any more. */
export function settleStartMark(home: string, { next }: StartMarks): void {
  writeMarks(home, [next]);
}

function writeMarks(home: string, marks: readonly string[]): void {
  writeFileSync(fileIn(home), JSON.stringify(marks), { mode: 0o600 });
}

function marksIn(home: string): string[] {
  try {
    return JSON.parse(readFileSync(fileIn(home), 'utf8')) as string[];
  } catch {
    return []; // the first start, or killed while writing: rather hold once too often
  }
}

function fileIn(home: string): string {
  return path.join(home, 'start-mark.json');
}
