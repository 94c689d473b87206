import { groupBy } from './group-by.ts';

/** A tree over ids: who stands above and below whom. */
export interface Hierarchy {
  /** The node above, or null at the top. */
  above(id: string): string | null;
  /** The nodes directly below; of null: the nodes at the top. */
  below(id: string | null): readonly string[];
}

export interface HierarchyNode {
  id: string;
  parent?: string;
}

/** Every cycle among the nodes, each as the ids on it; a node that is its own parent is a cycle of one. */
export function findCycles(nodes: readonly HierarchyNode[]): string[][] {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const settled = new Set<string>();
  const cycles: string[][] = [];
  for (const id of parents.keys()) {
    const path = new Set<string>();
    let current: string | undefined = id;
    while (current !== undefined && !settled.has(current) && !path.has(current)) {
      path.add(current);
      current = parents.get(current);
    }
    if (current !== undefined && path.has(current)) cycles.push(cycleFrom(path, current));
    path.forEach((member) => settled.add(member));
  }
  return cycles;
}

function cycleFrom(path: ReadonlySet<string>, start: string): string[] {
  const members = [...path];
  return members.slice(members.indexOf(start));
}

/**
 * Builds the tree. A parent that does not exist counts as none, and nodes on a cycle stand at the top, so that every walk
 * ends even over data that validation would have refused.
 */
export function createHierarchy(nodes: readonly HierarchyNode[]): Hierarchy {
  const known = new Set(nodes.map((node) => node.id));
  const cyclic = new Set(findCycles(nodes).flat());
  const parents = new Map<string, string>();
  for (const { id, parent } of nodes) {
    if (parent !== undefined && known.has(parent) && !cyclic.has(id)) parents.set(id, parent);
  }
  const children = groupBy(known, (id) => parents.get(id) ?? null);
  return { above: (id) => parents.get(id) ?? null, below: (id) => children.get(id) ?? [] };
}
