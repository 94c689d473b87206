import type { CaseFile, CaseSummary } from '../contracts/case-file.ts';
import type { CaseId } from '../contracts/identity.ts';
import { isProcess, processes } from '../domain/processes.ts';
import type { ScenarioDriver } from './scenario-driver.ts';
import { ScenarioProblem, readDate } from './scenario-time.ts';
import type { TimeGround } from './scenario-time.ts';

/** Names that a scenario gives to cases and evidence, and what its texts mean by `$`. */
export interface Names {
  cases: Map<string, CaseId>;
  evidence: Map<string, string>;
}

export interface NameGround extends TimeGround {
  names: Names;
  driver: ScenarioDriver;
}

export function createNames(): Names {
  return { cases: new Map(), evidence: new Map() };
}

export function give(
  { cases, evidence }: Names,
  name: string,
  what: { caseId: CaseId } | { sha256: string },
): void {
  if (cases.has(name) || evidence.has(name))
    throw new ScenarioProblem(`"${name}" is called twice; choose another name`);
  if ('caseId' in what) cases.set(name, what.caseId);
  else evidence.set(name, what.sha256);
}

/**
 * The case of that name; `nc/a1` follows the newest link of `nc` with that key or type, else what others read of it under that name,
 * such as the plan of a risk. Null where there is none yet.
 */
export async function findCase(
  { names, driver }: Pick<NameGround, 'names' | 'driver'>,
  name: string,
): Promise<CaseId | null> {
  const [root = '', ...parts] = name.split('/');
  let found = names.cases.get(root) ?? null;
  for (const part of parts) found = found && partOf((await driver.view(found)).file, part);
  return found;
}

function partOf(file: CaseFile, part: string): CaseId | null {
  const told = aboutOf(file)[part];
  return linked(file, part) ?? (typeof told === 'string' && CASE_ID.test(told) ? told : null);
}

const CASE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function linked({ links }: Pick<CaseFile, 'links'>, part: string): CaseId | null {
  return links.findLast((link) => !link.void && (link.key === part || link.type === part))?.to ?? null;
}

export async function caseOf(ground: Pick<NameGround, 'names' | 'driver'>, name: string): Promise<CaseId> {
  const found = await findCase(ground, name);
  if (!found)
    throw new ScenarioProblem(
      `no case is called ${name}; known: ${[...ground.names.cases.keys()].join(', ') || 'none yet'}`,
    );
  return found;
}

/** The value with every `$…` text replaced by what it means. */
export async function meant(value: unknown, ground: NameGround): Promise<unknown> {
  if (typeof value === 'string') return value.startsWith('$') ? meaning(value, ground) : value;
  if (Array.isArray(value)) return Promise.all(value.map((each) => meant(each, ground)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, each]) => [key, await meant(each, ground)] as const),
  );
  return Object.fromEntries(entries);
}

async function meaning(text: string, ground: NameGround): Promise<unknown> {
  const date = readDate(text, ground);
  if (date) return date;
  const [name = '', attribute] = text.slice(1).split('.');
  const evidence = ground.names.evidence.get(name);
  if (evidence && attribute === undefined) return evidence;
  const caseId = await caseOf(ground, name);
  return attribute === undefined ? caseId : attributeOf((await ground.driver.view(caseId)).file, attribute);
}

function attributeOf(file: CaseFile, attribute: string): unknown {
  const told = aboutOf(file);
  if (attribute === 'contentHash') return file.round === null && told['contentHash'] ? told['contentHash'] : contentHashOf(file);
  if (attribute === 'revision' || attribute === 'ref' || attribute === 'version') return file[attribute];
  if (typeof told[attribute] === 'string') return told[attribute];
  throw new ScenarioProblem(
    `a case has no "${attribute}" to refer to; it has contentHash, revision, version, ref and what others read of it: ${Object.keys(told).join(', ')}`,
  );
}

/** What other cases read of it, e.g. the hash that the owner of a risk confirms. */
export function aboutOf(file: CaseFile): CaseSummary['about'] {
  return isProcess(file.process) ? processes[file.process].policy.about(file as never) : {};
}

/** What the round is over, or after its end what was decided on: whoever comes late has seen that. */
function contentHashOf({ round, closedRound }: CaseFile): string {
  return (
    round?.contentHash ??
    closedRound?.seats.findLast(({ decision }) => decision)?.decision?.contentHash ??
    '0'.repeat(64)
  );
}
