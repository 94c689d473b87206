import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { isProcess, processes } from '../../domain/processes.ts';
import type { InProcessEngine } from './in-process-engine.ts';

/** Risks, plans and assessments of the demo company on a real journal, brought to where a test begins. */

export const rationale = { impact: 'As the last outage showed', likelihood: 'As often as in the branch' };
export const scores = (likelihood: number, operational: number) => ({ impact: { operational }, likelihood, rationale });

export async function fileOf(engine: InProcessEngine, id: CaseId): Promise<CaseFile> {
  const { rows } = await engine.pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [id]);
  return rows[0]!.file;
}

export async function aboutOf(engine: InProcessEngine, id: CaseId): Promise<Record<string, string>> {
  const file = await fileOf(engine, id);
  if (!isProcess(file.process)) throw new Error(file.process);
  return processes[file.process].policy.about(file as never) as Record<string, string>;
}

/** Sends it and insists that it is accepted. */
export async function does(engine: InProcessEngine, id: CaseId, command: string, person: PersonId, body: unknown = {}): Promise<void> {
  const outcome = await engine.send(id, command, person, body);
  if (outcome?.outcome !== 'ACCEPTED') throw new Error(`${command} by ${person}: ${JSON.stringify(outcome)}`);
}

interface RiskChoice {
  title?: string;
  owner?: PersonId;
  unit?: string;
  likelihood?: number;
  impact?: number;
  reference?: string;
}

/** A risk of an earlier register, not confirmed yet. */
export function takenOverRisk(engine: InProcessEngine, { title = 'Backups cannot be restored', owner = 'thomas.reiter', unit = 'it', likelihood = 3, impact = 3, reference }: RiskChoice = {}): Promise<CaseId> {
  return engine.open('risk', 'anna.berger', {
    ...{ title, unit, owner, scenario: { kind: 'EVENT', source: 'Operations', event: 'A restore fails', consequence: 'Data are lost' }, affects: ['AVAILABILITY'] },
    migrated: { source: 'Register.xlsx', ...(reference && { reference }), ratedOn: engine.now().slice(0, 10), rating: { ...scores(likelihood, impact), controls: ['A.8.13'] } },
  });
}

/** The same, confirmed by its owner. */
export async function confirmedRisk(engine: InProcessEngine, choice: RiskChoice = {}): Promise<CaseId> {
  const id = await takenOverRisk(engine, choice);
  await does(engine, id, 'CONFIRM_MIGRATED', choice.owner ?? 'thomas.reiter', { contentHash: (await aboutOf(engine, id))['proposalHash'] });
  return id;
}

const day = (engine: InProcessEngine, days: number) => new Date(Date.parse(engine.now()) + days * 86_400_000).toISOString().slice(0, 10);

/** A plan for these risks of one owner, endorsed by the ISO: it waits for the owner. */
export async function endorsedPlan(engine: InProcessEngine, risks: readonly CaseId[]): Promise<CaseId> {
  const plan = await engine.open('treatmentPlan', 'anna.berger', { risks, unit: 'it', author: 'emre.yilmaz' });
  await does(engine, plan, 'SUBMIT', 'emre.yilmaz', {
    ...{ title: 'Restores are tested', annexA: { compared: true, remark: 'Nothing else' }, targetDate: day(engine, 70), cost: 3000 },
    treatments: risks.map((risk) => ({ risk, option: 'MODIFY', reason: 'Tests find what is broken', controls: ['A.8.13'], expected: 'low' })),
    actions: [{ key: 'a1', title: 'Test a restore', risks, owner: 'leon.fischer', due: day(engine, 60), resources: 'Two days', expectedEvidence: 'Record of the test' }],
  });
  await does(engine, plan, 'ENDORSE', 'anna.berger', { contentHash: (await aboutOf(engine, plan))['contentHash'] });
  return plan;
}

/** The same, approved by the owner of its risks, carried out and rated anew: an acceptance of what is left waits for the owner in each risk. */
export async function residualAcceptances(engine: InProcessEngine, risks: readonly CaseId[], owner: PersonId = 'thomas.reiter'): Promise<{ plan: CaseId; acceptances: CaseId[] }> {
  const plan = await endorsedPlan(engine, risks);
  await does(engine, plan, 'APPROVE', owner, { contentHash: (await aboutOf(engine, plan))['contentHash'] });
  const action = (await fileOf(engine, plan)).links.find(({ type }) => type === 'treatmentAction')!.to;
  const { sha256 } = await engine.journal.storeEvidence({ bytes: Buffer.from('The restore worked'), mediaType: 'text/plain', name: 'record.txt', person: 'leon.fischer' });
  await does(engine, action, 'ACKNOWLEDGE', 'leon.fischer');
  await does(engine, action, 'SUBMIT', 'leon.fischer', { result: 'Tested', evidence: [sha256] });
  await does(engine, action, 'VERIFY', owner, { note: 'Seen' });
  await does(engine, plan, 'SUBMIT_RESIDUAL', 'anna.berger', { ratings: risks.map((risk) => ({ risk, ...scores(1, 3), controls: ['A.8.13'], evidence: [sha256] })) });
  const acceptances = (await fileOf(engine, plan)).links.filter(({ type }) => type === 'residual').map(({ to }) => to);
  for (const id of acceptances) await does(engine, id, 'COMMENT_ON', 'anna.berger', { comment: 'The control operates' });
  return { plan, acceptances };
}

/** Scope, issues and parties of the context, confirmed: an assessment may start. */
async function confirmedContext(engine: InProcessEngine): Promise<void> {
  const records = [
    { kind: 'SCOPE', title: 'Scope', unit: 'it', scope: { statement: 'All', units: ['it', 'development'], interfaces: 'None' } },
    { kind: 'ISSUES', title: 'Issues', unit: 'it', issues: [{ origin: 'EXTERNAL', statement: 'Ransomware' }], climate: { relevant: false, rationale: 'No site near water' } },
    { kind: 'PARTIES', title: 'Parties', unit: 'it', parties: [{ name: 'Customers', requirements: 'Secrecy', addressed: 'Contracts' }] },
  ];
  for (const body of records) {
    const id = await engine.open('contextRecord', 'anna.berger', body);
    await does(engine, id, 'SUBMIT', 'anna.berger');
    await does(engine, id, 'CONFIRM', 'katharina.vogt', { contentHash: (await aboutOf(engine, id))['contentHash'] });
  }
}

interface Assessed {
  title: string;
  owner: PersonId;
  likelihood: number;
  impact: number;
}

export interface AssessmentStory {
  assessment: CaseId;
  risks: CaseId[];
}

/** An assessment of these risks that waits for their owners. The first one of a journal brings the context along. */
export async function assessmentInReview(engine: InProcessEngine, { found = [], again = [], first = true, unit = 'it' }: { found?: readonly Assessed[]; again?: readonly (Pick<Assessed, 'likelihood' | 'impact'> & { risk: CaseId })[]; first?: boolean; unit?: string }): Promise<AssessmentStory> {
  if (first) await confirmedContext(engine);
  const assessment = await engine.open('assessment', 'anna.berger', { trigger: { kind: 'THREAT', reason: 'A wave of ransomware' }, scope: { units: [unit] }, unit });
  await does(engine, assessment, 'TRIAGE', 'anna.berger', { kind: 'PARTIAL', reason: 'It concerns us' });
  await does(engine, assessment, 'START', 'anna.berger', { method: 'BOTH', assessor: 'martin.huber', secondRater: 'julia.neumann' });
  for (const { title, owner } of found)
    await does(engine, assessment, 'ADD_RISK', 'martin.huber', { title, unit, owner, scenario: { kind: 'EVENT', source: 'Criminals', event: title, consequence: 'Days without systems' }, affects: ['AVAILABILITY'] });
  if (again.length > 0) await does(engine, assessment, 'CARRY_OVER', 'martin.huber', { risks: again.map(({ risk }) => risk) });
  const opened = (await fileOf(engine, assessment)).links.filter(({ type, direction }) => type === 'assesses' && direction === 'child').map(({ to }) => to);
  const rated = [...found.map((each, n) => ({ ...each, risk: opened[n]! })), ...again];
  for (const { risk, ...each } of rated) if ('owner' in each) await does(engine, risk, 'ACCEPT_OWNERSHIP', String(each.owner));
  await does(engine, assessment, 'COMPLETE_IDENTIFICATION', 'martin.huber', { risks: 'Looked at', nonconformities: 'Looked at', incidents: 'None', exceptions: 'None' });
  for (const { risk, likelihood, impact } of rated) {
    await does(engine, risk, 'RATE', 'martin.huber', scores(likelihood, impact));
    await does(engine, risk, 'SECOND_RATE', 'julia.neumann', scores(likelihood, impact));
  }
  await does(engine, assessment, 'COMPLETE_ANALYSIS', 'martin.huber');
  for (const { risk } of rated) await does(engine, risk, 'EVALUATE', 'martin.huber');
  await does(engine, assessment, 'COMPLETE_EVALUATION', 'martin.huber');
  return { assessment, risks: rated.map(({ risk }) => risk) };
}

/** Every owner confirms, and the ISO or top management approves the result. */
export async function completeAssessment(engine: InProcessEngine, { assessment, risks }: AssessmentStory, approver: PersonId = 'anna.berger'): Promise<void> {
  for (const risk of risks) {
    const { owner, proposalHash } = await aboutOf(engine, risk);
    await does(engine, assessment, 'CONFIRM', owner!, { risks: [{ risk, contentHash: proposalHash }] });
  }
  const { round } = await fileOf(engine, assessment);
  await does(engine, assessment, 'APPROVE', approver, { contentHash: round!.contentHash });
}
