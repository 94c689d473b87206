import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Deed, Tenure } from '../../contracts/independence.ts';
import type { Item } from './item.ts';

/** Whether a case that somebody had to do with concerns an item. */
export type Concern = (past: Pick<Tenure | Deed, 'case' | 'parents'>, item: Item) => boolean;

const holds = ({ about }: CaseSummary, name: string, id: string) => {
  const value = about[name];
  return Array.isArray(value) ? value.includes(id) : value === id;
};

const isControl = ({ kind }: Item) => kind === 'control' || kind === 'own';
const isRequirement = (item: Item) => isControl(item) || item.kind === 'clause';

/** The control itself, or an action that it has planned. */
export const ofControl: Concern = ({ case: own, parents }, item) => isControl(item) && [own, ...parents].some((each) => each.process === 'control' && holds(each, 'control', item.id));

/** Controls that a treatment needs; of an action those that it treats, where it says so, else all of its plan. */
export const treatsWith: Concern = ({ case: own, parents }, item) => {
  if (!isControl(item)) return false;
  const plan = [own, ...parents].find(({ process }) => process === 'treatmentPlan');
  const said = own.process === 'action' ? own.about['covers'] : null;
  return plan !== undefined && (Array.isArray(said) && said.length > 0 ? said.includes(item.id) : holds(plan, 'controls', item.id));
};

/** The clause or control that a nonconformity breaches, or an action of it removes the cause of. */
export const breaches: Concern = ({ case: own, parents }, item) =>
  isRequirement(item) && [own, ...parents].some((each) => each.process === 'nonconformity' && holds(each, 'requirement', item.id));

export const inUnit: Concern = ({ case: own }, item) => item.kind === 'unit' && holds(own, 'unit', item.id);

export const isSupplier: Concern = ({ case: own }, item) => item.kind === 'supplier' && own.id === item.id;

/** The case is how the organisation fulfils these clauses. */
export const fulfils =
  (...clauses: string[]): Concern =>
  (_, { kind, id }) =>
    kind === 'clause' && clauses.includes(id);

/** Of a treatment plan or another case above it. */
export const under =
  (process: string, concern: Concern): Concern =>
  (past, item) =>
    past.parents.some((each) => each.process === process) && concern(past, item);

/** Which clause a record of the context fulfils depends on what it records. */
const clauseOfContext: Record<string, string> = { ISSUES: '4.1', PARTIES: '4.2', SCOPE: '4.3' };
export const ofContext: Concern = ({ case: own }, { kind, id }) => kind === 'clause' && clauseOfContext[String(own.about['kind'])] === id;

export const either =
  (...some: Concern[]): Concern =>
  (past, item) =>
    some.some((each) => each(past, item));
