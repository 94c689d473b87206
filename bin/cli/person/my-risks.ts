import colors from 'picocolors';
import type { OwnedRisk, RiskChange, Told } from '../../../contracts/my-risks.ts';
import { type Answer, answer } from '../answer.ts';
import { clipped, section, table } from '../display/table.ts';
import { counted } from '../display/words.ts';
import type { Page } from './api.ts';
import { remark, timeCell } from './case-table.ts';
import { type PersonOptions, connect } from './connection.ts';

interface MyRisksOptions extends PersonOptions {
  owner?: string;
  changed?: true;
  limit: number;
}

/** `isms my-risks` */
export async function myRisks({ owner, changed, limit, ...options }: MyRisksOptions): Promise<Answer> {
  const api = await connect(options);
  const { items, next } = await api.list<OwnedRisk>('/my-risks', { owner }, limit);
  return answer({ items: changed ? items.filter(({ changes }) => changes.length > 0) : items, next }, myRisksText);
}

function myRisksText(page: Page<OwnedRisk>): string {
  if (page.items.length === 0) return 'No such risk.';
  const head = ['RISK', 'STATE', 'LEVEL', 'RESIDUAL', 'ACCEPTED UNTIL', 'REVIEW', 'CHANGED', 'TITLE'];
  return [table(head, page.items.map(riskRow)), ...page.items.flatMap(changesOf), ...remark(page).slice(1)].join('\n\n');
}

function riskRow(risk: OwnedRisk): string[] {
  const { ref, state, current, residual, toConfirm, reviewOn, changes, signed, title } = risk;
  const level = current ? current.level + (current.emergency ? ' (emergency)' : '') : toConfirm ? `${toConfirm.level} (to confirm)` : '';
  const changed = signed === null ? 'never signed' : changes.length === 0 ? '' : colors.yellow(counted(changes.length, 'field'));
  return [ref, state, level, residual ?? '', acceptedText(risk), reviewOn ?? '', changed, title];
}

/** Until when, and how near the end is: the last reminder that was sent. */
function acceptedText({ acceptances }: OwnedRisk): string {
  return acceptances.map(({ inForce, until, kind, state, expiry }) => (inForce ? `${until} ${kind}${expiry.reached ? ` ${expiry.reached.step}` : ''}` : `${kind} ${state}`)).join('\n');
}

function changesOf({ ref, title, signed, changes }: OwnedRisk): string[] {
  if (signed === null || changes.length === 0) return [];
  const by = signed.onBehalfOf === null ? signed.by : `${signed.by} for ${signed.onBehalfOf}`;
  return section(`${ref}  ${title}`, `Since ${signed.case.ref} was signed by ${by}, ${timeCell(signed.at)}\n${table([], changes.map(changeRow))}`);
}

function changeRow({ field, before, after, entry }: RiskChange): string[] {
  return [field, `${valueText(before)} → ${valueText(after)}`, `entry ${entry.version} ${entry.command}`, entry.by ?? 'the engine', timeCell(entry.at)];
}

function valueText(value: Told): string {
  return value === null ? '–' : clipped([value].flat().join(', ') || '–', 80);
}
