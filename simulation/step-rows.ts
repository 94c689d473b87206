import { ScenarioProblem } from './scenario-time.ts';

/**
 * A step with `rows` is told once for each of them: `$row.risk` is what the row says of `risk`, and falls away where it says nothing.
 * `rows` is a list, or the file beside the scenario that holds it.
 */
export async function withRows(scenario: unknown, read: (file: string) => Promise<unknown>): Promise<unknown> {
  if (!isRecord(scenario) || !Array.isArray(scenario['steps'])) return scenario;
  const steps = await Promise.all(scenario['steps'].map((step) => stepsOf(step, read)));
  return { ...scenario, steps: steps.flat() };
}

async function stepsOf(step: unknown, read: (file: string) => Promise<unknown>): Promise<unknown[]> {
  if (!isRecord(step) || !('rows' in step)) return [step];
  const { rows, ...told } = step;
  const found = typeof rows === 'string' ? await read(rows) : rows;
  if (!Array.isArray(found) || !found.every(isRecord)) throw new ScenarioProblem('"rows" must be a list of rows, or name a file with one');
  return found.map((row, n) => filled(n === 0 || isOfRow(told['at']) ? told : without(told, 'at'), row));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Time passes once before all of them, unless each row says when. */
const isOfRow = (value: unknown) => typeof value === 'string' && value.startsWith('$row.');

function without({ ...step }: Record<string, unknown>, name: string): Record<string, unknown> {
  delete step[name];
  return step;
}

const IN_TEXT = /\$row\.([A-Za-z]+)/g;

function filled(value: unknown, row: Record<string, unknown>): unknown {
  if (typeof value === 'string') return filledText(value, row);
  if (Array.isArray(value)) return value.map((each) => filled(each, row)).filter((each) => each !== undefined);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, filled(each, row)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

/** The value itself where the text is nothing else; else its text in its place, as in `$$row.risk.proposalHash`. */
function filledText(text: string, row: Record<string, unknown>): unknown {
  const whole = /^\$row\.([A-Za-z]+)$/.exec(text);
  return whole ? row[whole[1]!] : text.replaceAll(IN_TEXT, (_, name: string) => String(row[name]));
}
