import { recordAbsenceBody } from '../../contracts/absence.ts';
import type { AbsenceDocument, RecordAbsence } from '../../contracts/absence.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { absenceBehaviours } from './behaviours.ts';
import { absenceMachine } from './machine.ts';
import { absencePolicy } from './policy.ts';
import { openingReasons } from './rules.ts';

function parties({ person, substitute }: RecordAbsence): Record<string, string> {
  return { person, ...(substitute && { substitute }) };
}

/** Absence (rules §3.3). */
export const absence: ProcessDefinition<AbsenceDocument> = {
  name: 'absence',
  prefix: 'ABS',
  version: 1,
  machine: absenceMachine,
  guards: {},
  policy: absencePolicy,
  behaviours: absenceBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: recordAbsenceBody,
    unit: ({ person }: RecordAbsence, { facts }) => facts.directory.person(person)?.unit ?? '',
    document: ({ from, until }: RecordAbsence) => ({ from, until }),
    parties,
    rules: openingReasons,
  },
};
