import { action } from './action/index.ts';
import type { ProcessDefinition } from './kernel/definition.ts';
import { nonconformity } from './nonconformity/index.ts';

/** The one registry: adding a process is a folder and one row here. */
export const processes = { action, nonconformity } as unknown as Record<'action' | 'nonconformity', ProcessDefinition<never>>;

export type ProcessName = keyof typeof processes;

export function isProcess(name: string): name is ProcessName {
  return Object.hasOwn(processes, name);
}
