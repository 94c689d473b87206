import type { CaseFile } from '../../contracts/case-file.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import type { Json } from '../../contracts/json.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { policyOf } from './accept.ts';
import { commonCommands, isCommon } from './common-commands.ts';
import { familyOf } from '../access/segregation.ts';
import type { ProcessDefinition } from './definition.ts';
import type { FactQuery } from './facts.ts';
import { openingSchema } from './open.ts';
import type { Parent } from './open.ts';
import { parseBody } from './payload.ts';
import { referencesIn } from './references.ts';
import type { Reference } from './references.ts';

/** What a decision has to know: named before anything is fetched, so that it can be locked first (design.md "The write path"). */
export function needsOf(definition: ProcessDefinition<never>, file: CaseFile, input?: { name: string; body: Json }): FactQuery[] {
  const linked = file.links.map(({ to }) => to);
  const standing: FactQuery[] = [{ fact: 'involvements', objects: objectsOf(file) }, { fact: 'cases', ids: linked }, ...(definition.policy.standingNeeds?.(file as never) ?? [])];
  const policy = input && policyOf(definition, input.name);
  if (!policy) return standing;
  const parsed = parseBody(policy.body, input.body);
  const own = parsed.ok ? ownNeeds(definition, file, { name: input.name, body: parsed.body }) : [];
  return [...standing, ...referenced(parsed.ok ? referencesIn(policy.body, parsed.body) : []), ...own];
}

/** Those of the process for this command, and of the command where every process has it. */
function ownNeeds(definition: ProcessDefinition<never>, file: CaseFile, { name, body }: { name: string; body: Json }): FactQuery[] {
  const common = isCommon(name) ? (commonCommands[name].needs?.(file, body as never) ?? []) : [];
  return [...common, ...(definition.policy.needs?.(file as never, name, body as never) ?? [])];
}

/** What one has to know to say which commands are possible: what every one of them would ask for, as far as it needs no body. */
export function needsOfAsking(definition: ProcessDefinition<never>, file: CaseFile): FactQuery[] {
  const own = [...Object.keys(definition.policy.commands), ...Object.keys(commonCommandBodies)].flatMap((name) => definition.policy.needs?.(file as never, name, {} as never) ?? []);
  return [...needsOf(definition, file), ...own];
}

/** What opening a case has to know: what its body names, and whether the same origin opened it before. */
export function needsOfOpening(definition: ProcessDefinition<never>, input: { body: unknown; parent: Parent | null; since: Instant }): FactQuery[] {
  const { body, parent, since } = input;
  const schema = openingSchema(definition, parent);
  const parsed = parseBody(schema, body);
  const own = parsed.ok ? (definition.open.needs?.(parsed.body as never) ?? []) : [];
  if (!parent) return [...referenced(parsed.ok ? referencesIn(schema, parsed.body) : []), ...own];
  const root = parent.origin?.chain[0] ?? parent.id;
  return [{ fact: 'spawned', root, process: definition.name, type: parent.link, object: parent.object, since }, ...own];
}

/** Objects whose involvements are checked and written; locked in sorted order. */
export function objectsOf(file: CaseFile): CaseId[] {
  const { self, parents } = familyOf(file);
  return [self, ...parents].sort();
}

function referenced(references: readonly Reference[]): FactQuery[] {
  const of = (kind: Reference['kind']) => references.filter((each) => each.kind === kind).map(({ value }) => value);
  return [
    { fact: 'cases', ids: of('case') },
    { fact: 'evidence', hashes: of('evidence') },
  ];
}
