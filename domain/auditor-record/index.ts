import { openAuditorRecordBody } from '../../contracts/auditor-record.ts';
import type { AuditorRecordDocument, OpenAuditorRecord } from '../../contracts/auditor-record.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { auditorRecordBehaviours } from './behaviours.ts';
import { auditorRecordGuards } from './guards.ts';
import { auditorRecordMachine } from './machine.ts';
import { auditorRecordPolicy } from './policy.ts';
import { openingReasons } from './rules.ts';

/** Record of an auditor (ISO/IEC 27001:2022 7.2, 9.2.2; rules §7 "Auditor record"). */
export const auditorRecord: ProcessDefinition<AuditorRecordDocument> = {
  name: 'auditorRecord',
  prefix: 'AR',
  version: 1,
  machine: auditorRecordMachine,
  guards: auditorRecordGuards,
  policy: auditorRecordPolicy,
  behaviours: auditorRecordBehaviours,
  open: {
    by: 'everyone',
    body: openAuditorRecordBody,
    unit: ({ person, unit }: OpenAuditorRecord, { facts }) => unit ?? facts.directory.person(person)?.unit ?? '',
    document: (): AuditorRecordDocument => ({ competences: [], declared: [], audited: [] }),
    parties: ({ person }: OpenAuditorRecord) => ({ auditor: person }),
    rules: openingReasons,
  },
};
