import type { OrganisationFile } from '../contracts/organisation.ts';
import { createDirectory } from '../domain/directory/directory.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { inOrder } from './memory-facts.ts';
import type { MemoryStore } from './memory-store.ts';

/** Who is there, as it was loaded last. */
export interface LoadedOrganisation {
  data: OrganisationFile;
  revision: number;
}

/** The directory as decisions stand on it: the organisation, and the cases that change it. Built anew when either has changed. */
export function createMemoryDirectory(store: MemoryStore, organisation: () => LoadedOrganisation): () => Directory {
  let kept: Directory | null = null;
  return () => {
    const { data, revision: loaded } = organisation();
    const revision = loaded + store.directoryChanges;
    if (kept?.revision === revision) return kept;
    const cases = [...store.cases.values()].filter(({ definition }) => definition.changesDirectory);
    kept = createDirectory(data, revision, inOrder(cases));
    return kept;
  };
}
