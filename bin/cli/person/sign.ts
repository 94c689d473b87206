import colors from 'picocolors';
import type { SignatureResult, ToSign } from '../../../contracts/signatures.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import type { Exit } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Api, Page } from './api.ts';
import { caseIdOf } from './case-reference.ts';
import { dueCell, remark } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

interface SignOptions extends PersonOptions {
  note?: string;
  key?: string;
  limit: number;
}

/** `isms sign`: what waits, or each thing that is named with the hash that was seen. */
export async function sign(seen: readonly string[], { note, key, limit, ...options }: SignOptions): Promise<Answer> {
  const wanted = seen.map(pairOf);
  const api = await connect(options);
  const waiting = await api.list<ToSign>('/signatures', {}, seen.length === 0 ? limit : Infinity);
  if (seen.length === 0) return answer(waiting, waitingText);
  const items = await Promise.all(wanted.map((each) => itemOf(api, waiting.items, each)));
  const { data } = await api.send<{ items: SignatureResult[] }>('/signatures', { body: { items: items.map((item) => ({ ...item, ...(note !== undefined && { body: { note } }) })) }, key });
  return answer({ items: data.items, named: wanted.map(({ named }) => named) }, signedText, exitOf(data.items));
}

interface Pair {
  named: string;
  contentHash: string;
}

/** `ACC-2026-0001=HASH`; of an assessment `RA-2026-0002/R-2026-0004=HASH`. */
function pairOf(text: string): Pair {
  const [named = '', contentHash = '', ...rest] = text.split('=');
  if (named === '' || !/^[0-9a-f]{64}$/.test(contentHash) || rest.length > 0)
    throw new Failure('usage', `Say what you have seen as CASE=HASH, such as ACC-2026-0001=…, not ${JSON.stringify(text.slice(0, 60))}: isms sign lists what waits, with its hashes.`);
  return { named: named.toUpperCase(), contentHash };
}

interface Item {
  case: string;
  contentHash: string;
  command?: string;
  risk?: string;
}

/** What waits says by which command it is signed. What does not wait any more is asked for all the same: with its key it is answered again. */
async function itemOf(api: Api, waiting: readonly ToSign[], { named, contentHash }: Pair): Promise<Item> {
  const found = waiting.find((each) => nameOf(each) === named);
  if (found) return { case: found.case.id, command: found.command, contentHash, ...(found.risk && { risk: found.risk.id }) };
  const [of = '', risk] = named.split('/');
  if (risk !== undefined) return { case: await caseIdOf(api, of), command: 'CONFIRM', risk: await caseIdOf(api, risk), contentHash };
  return { case: await caseIdOf(api, of), contentHash };
}

function nameOf({ case: { ref }, risk }: ToSign): string {
  return risk ? `${ref}/${risk.ref}` : ref;
}

function waitingText(page: Page<ToSign>): string {
  if (page.items.length === 0) return 'Nothing waits for your signature.';
  const head = ['DUE', 'BY', 'LEVEL', 'UNTIL', 'TITLE', 'TO SIGN, ONCE YOU HAVE READ IT'];
  return [table(head, page.items.map(waitingRow)), ...remark(page)].join('\n');
}

function waitingRow(each: ToSign): string[] {
  const { case: { title }, risk, command, level, until, due, contentHash, for: principal } = each;
  const by = principal === null ? command : `${command} on behalf of ${principal}`;
  const overdue = due !== null && due <= new Date().toISOString();
  return [dueCell({ due, overdue, escalation: null }), by, level ?? '', until ?? '', risk?.title ?? title, `${nameOf(each)}=${contentHash}`];
}

const said: Record<SignatureResult['outcome'], string> = { DONE: 'signed', REFUSED: 'refused', CHANGED: 'changed meanwhile', PENDING: 'stored, not decided yet' };
const shown: Record<SignatureResult['outcome'], (text: string) => string> = { DONE: colors.green, REFUSED: colors.red, CHANGED: colors.yellow, PENDING: colors.yellow };

function signedText({ items, named }: { items: SignatureResult[]; named: string[] }): string {
  const rows = items.map(({ outcome, code, reasons }, n) => [named[n]!, shown[outcome](said[outcome]), reasons.map(({ text }) => text).join('\n') || (outcome === 'REFUSED' ? (code ?? '') : '')]);
  return table([], rows);
}

/** Nothing is taken back because of another: it has ended well only where all of it has. */
function exitOf(items: readonly SignatureResult[]): Exit {
  if (items.some(({ outcome }) => outcome === 'REFUSED' || outcome === 'CHANGED')) return 'refused';
  return items.some(({ outcome }) => outcome === 'PENDING') ? 'pending' : 'ok';
}
