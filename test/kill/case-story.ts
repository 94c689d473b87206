import { setTimeout as sleep } from 'node:timers/promises';
import { acceptance, cause, correction, plan, report } from '../support/nonconformity-bodies.ts';
import type { Client } from './client.ts';

/** One nonconformity as people would carry it through, while the machine under them dies again and again. */
export interface Story {
  client: Client;
  number: number;
  today: string;
  evidence: string;
  /** Evidence from after the implementation. */
  proof: string;
  deadline: number;
}

/** What was acknowledged to somebody: it must be in the journal, once. */
export interface Acknowledged {
  caseId: string;
  command: string;
}

export interface Told {
  caseId: string;
  actionId: string;
  acknowledged: Acknowledged[];
}

interface CaseView {
  state: string;
  round: { contentHash: string } | null;
  links: { type: string; to: string }[];
}

/** From the report to the start of the months of waiting. */
export async function tellStory({ client, number, today, evidence, deadline }: Story): Promise<Told> {
  const acknowledged: Acknowledged[] = [];
  const view = async (caseId: string) => (await client.send('anna.berger', 'GET', `/cases/${caseId}`)).body as unknown as CaseView;
  const send = async (caseId: string, command: string, person: string, body: unknown = {}) => {
    const answer = await client.send(person, 'POST', `/cases/${caseId}/commands/${command}`, body);
    if (answer.status !== 200) throw new Error(`${command} by ${person}: ${answer.status} ${JSON.stringify(answer.body)}`);
    acknowledged.push({ caseId, command });
  };
  const until = async <T>(look: () => Promise<T | undefined>, what: string): Promise<T> => {
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > deadline) throw new Error(`${what} never came`);
      await sleep(300);
    }
  };

  const opened = await client.send('emre.yilmaz', 'POST', '/cases', { process: 'nonconformity', payload: { ...report, title: `Story ${number}`, detectedOn: today } });
  if (opened.status !== 201 && opened.status !== 200) throw new Error(`open: ${opened.status} ${JSON.stringify(opened.body)}`);
  const caseId = opened.body['id'] as string;
  acknowledged.push({ caseId, command: 'OPENED' });
  await send(caseId, 'ACCEPT', 'anna.berger', acceptance);
  await send(caseId, 'RECORD_CORRECTION', 'thomas.reiter', correction);
  await send(caseId, 'SUBMIT_CAUSE', 'thomas.reiter', cause);
  await send(caseId, 'CA_NEEDED', 'anna.berger');
  const due = new Date(Date.parse(today) + 30 * 86_400_000).toISOString().slice(0, 10);
  await send(caseId, 'SUBMIT_PLAN', 'thomas.reiter', { ...plan, actions: [{ ...plan.actions[0], due }] });
  const { round } = await view(caseId);
  await send(caseId, 'APPROVE', 'anna.berger', { contentHash: round!.contentHash });
  // From here on the engine goes on by itself: it opens the action, and later notices that it is done.
  const actionId = await until(async () => (await view(caseId)).links.find(({ type }) => type === 'correctiveAction')?.to, 'the action');
  await until(async () => ((await client.send('leon.fischer', 'GET', `/cases/${actionId}`)).status === 200 ? true : undefined), 'the action case');
  await send(actionId, 'ACKNOWLEDGE', 'leon.fischer');
  await send(actionId, 'SUBMIT', 'leon.fischer', { result: `Done ${number}`, evidence: [evidence] });
  await send(actionId, 'VERIFY', 'thomas.reiter', { note: 'Seen' });
  await until(async () => ((await view(caseId)).state === 'implemented' ? true : undefined), 'implemented');
  await send(caseId, 'CONFIRM_IMPLEMENTATION', 'sabine.wolf', { sampled: 'Record of the test' });
  return { caseId, actionId, acknowledged };
}

/** A report that nobody ever looks at: its reminders and escalations come due one after the other. */
export async function leaveAlone({ client, number, today }: Story): Promise<void> {
  const payload = { ...report, title: `Left alone ${number}`, detectedOn: today };
  const { status } = await client.send('emre.yilmaz', 'POST', '/cases', { process: 'nonconformity', payload });
  if (status !== 201 && status !== 200) throw new Error(`open: ${status}`);
}

/** After the window, which the engine has to notice by itself. */
export async function endStory({ client, proof, deadline }: Story, told: Told): Promise<Told> {
  for (;;) {
    const { body } = await client.send('sabine.wolf', 'GET', `/cases/${told.caseId}`);
    if (body['state'] === 'effectivenessReview') break;
    if (Date.now() > deadline) throw new Error(`the window of ${told.caseId} never elapsed: ${String(body['state'])}`);
    await sleep(500);
  }
  const verdict = { statement: 'Both tests passed', evidence: [proof], risksUpdated: 'none', ismsChanges: 'none' };
  const answer = await client.send('sabine.wolf', 'POST', `/cases/${told.caseId}/commands/EFFECTIVE`, verdict);
  if (answer.status !== 200) throw new Error(`EFFECTIVE: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { ...told, acknowledged: [...told.acknowledged, { caseId: told.caseId, command: 'EFFECTIVE' }] };
}
