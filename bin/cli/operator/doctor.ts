import { statfs } from 'node:fs/promises';
import colors from 'picocolors';
import type { Finding, OperationsView } from '../../../contracts/operations.ts';
import { type Answer, answer } from '../answer.ts';
import { readEnvironmentOrFail } from '../environment.ts';
import type { Exit } from '../exit-codes.ts';
import { type Ground, withJournal } from './installation.ts';
import { temporalAddressOf } from './temporal.ts';

/** `isms doctor`: looks at everything that the engine stands on; the database is enough for it to work. */
export async function doctor(): Promise<Answer> {
  const view = await withJournal(examineHere);
  return answer(view, doctorText, exitOf(view));
}

async function examineHere(ground: Ground): Promise<OperationsView> {
  const { Client, Connection } = await import('@temporalio/client');
  const { temporalConfig, taskQueue } = await import('../../../temporal.config.ts');
  const { examine } = await import('../../../api/operations/examination.ts');
  const address = await temporalAddressOf(ground);
  const { connectionOptions, namespace } = temporalConfig({ ...process.env, TEMPORAL_ADDRESS: address });
  const client = new Client({ connection: Connection.lazy(connectionOptions), namespace });
  const more = [...(await apiFindings(ground)), ...(await diskFindings())];
  const { pool, clock } = ground;
  return examine({ pool, temporal: { client, taskQueue }, now: clock(), more }).finally(() =>
    client.connection.close(),
  );
}

const ANSWERS_WITHIN_MS = 3_000;

/** Only where an engine runs here: nobody else's address is known for sure. */
async function apiFindings({ apiUrl }: Ground): Promise<Finding[]> {
  if (!apiUrl) return [];
  const { awayFinding } = await import('../../../api/operations/findings.ts');
  return fetch(`${apiUrl}/healthz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
    ({ ok, status }) => (ok ? [] : [awayFinding('API_AWAY', `status ${status}`)]),
    () => [awayFinding('API_AWAY', 'no answer')],
  );
}

async function diskFindings(): Promise<Finding[]> {
  const { diskFinding } = await import('../../../api/operations/findings.ts');
  const { home } = await readEnvironmentOrFail();
  const disk = await statfs(home).catch(() => null);
  return disk ? diskFinding(home, disk.bavail * disk.bsize) : [];
}

/** For scripts: 0 nothing to do, 1 something to look at, 3 a part does not answer. */
function exitOf({ ok, findings }: OperationsView): Exit {
  if (findings.some(({ code }) => code.endsWith('_AWAY'))) return 'unreachable';
  return ok ? 'ok' : 'refused';
}

const paint = { broken: colors.red, warning: colors.yellow, note: colors.dim };

function doctorText({ ok, findings, database, temporal }: OperationsView): string {
  const lines = findings.map(({ gravity, what, todo, cases }) =>
    [
      `${paint[gravity](gravity)}  ${what}`,
      `  ${todo}`,
      ...(cases.length > 0 ? [`  ${cases.join(' ')}`] : []),
    ].join('\n'),
  );
  const verdict = ok ? colors.green('All is well.') : colors.bold('Something needs a look.');
  return [verdict, ...lines, figures(database, temporal)].join('\n\n');
}

function figures(database: OperationsView['database'], temporal: OperationsView['temporal']): string {
  if (!database) return '';
  const { openCases, waiting, journal } = database;
  const waits = Object.entries(waiting).map(([what, { count }]) => `${count} ${what}`);
  const runs = temporal
    ? `${temporal.workers} workers, ${temporal.running} workflows of cases`
    : 'Temporal not asked';
  return `${openCases} open cases · waiting: ${waits.join(', ')} · journal: ${journal.entries} entries · ${runs}`;
}
