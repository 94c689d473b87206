import { absence } from './absence/index.ts';
import { action } from './action/index.ts';
import { breakGlass } from './break-glass/index.ts';
import { configurationChange } from './configuration-change/index.ts';
import { contextRecord } from './context-record/index.ts';
import { delegation } from './delegation/index.ts';
import { departure } from './departure/index.ts';
import type { ProcessDefinition } from './kernel/definition.ts';
import { nonconformity } from './nonconformity/index.ts';

const registry = {
  absence,
  action,
  breakGlass,
  configurationChange,
  contextRecord,
  delegation,
  departure,
  nonconformity,
};

/** The one registry: adding a process is a folder and one row here. */
export const processes = registry as unknown as Record<keyof typeof registry, ProcessDefinition<never>>;

export type ProcessName = keyof typeof processes;

export function isProcess(name: string): name is ProcessName {
  return Object.hasOwn(processes, name);
}
