import { openContextRecordBody } from '../../contracts/context-record.ts';
import type { ContextRecordDocument, OpenContextRecord } from '../../contracts/context-record.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { contextRecordBehaviours } from './behaviours.ts';
import { contextRecordGuards } from './guards.ts';
import { contextRecordMachine } from './machine.ts';
import { contextRecordPolicy } from './policy.ts';
import { opened } from './records.ts';
import { openingReasons } from './rules.ts';

/** Record of the context: scope, issues, interested parties (ISO/IEC 27001:2022 4.1, 4.2, 4.3; rules §12 P17). */
export const contextRecord: ProcessDefinition<ContextRecordDocument> = {
  name: 'contextRecord',
  prefix: 'CTX',
  version: 1,
  machine: contextRecordMachine,
  guards: contextRecordGuards as never,
  policy: contextRecordPolicy,
  behaviours: contextRecordBehaviours,
  open: {
    by: 'everyone',
    body: openContextRecordBody,
    unit: ({ unit }: OpenContextRecord) => unit,
    document: opened,
    parties: () => ({}),
    rules: openingReasons,
  },
};
