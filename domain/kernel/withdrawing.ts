import type { CommonBody } from '../../contracts/common-commands.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import { attachEvidence, personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { owe } from './follow.ts';
import { eventsOf, move } from './machine.ts';
import { tell } from './notices.ts';

/**
 * Who began a case takes it back before anything in it was approved (rules §4.2 WITHDRAW). Its process says who that is, its machine in
 * which states. It ends for good, and the cases it is linked to are told (rules §16.1 "withdrawn: linked source re-opened").
 */

const WITHDRAWN = 'WITHDRAWN';
const LINK_WITHDRAWN = 'LINK_WITHDRAWN';

export function withdrawReasons(draft: Draft): Reason[] {
  const { definition, file, actor } = draft;
  const { by = [], inPerson = false, rules } = definition.policy.withdraw ?? {};
  if (!eventsOf(definition, file.state).includes(WITHDRAWN)) return [reason('WRONG_STATE', { state: file.state, possible: [] })];
  const authority = authorityOf(definition, viewOf(draft), by);
  if (!authority.entitled) return authority.reasons;
  if (inPerson && actor.onBehalfOf !== undefined) return [reason('NOT_ENTITLED', { entitled: [...by] })];
  if (file.approvedAt) return [reason('APPROVED_BEFORE', { at: file.approvedAt })];
  return rules?.(viewOf(draft)) ?? [];
}

export function withdraw(draft: Draft, { evidence }: CommonBody<'WITHDRAW'>): string {
  const { definition, file } = draft;
  const authority = authorityOf(definition, viewOf(draft), definition.policy.withdraw?.by ?? []);
  if (authority.entitled) draft.actor = { ...draft.actor, role: authority.role };
  attachEvidence(draft, evidence, 'WITHDRAW');
  const linked = new Set(file.links.flatMap((link) => (link.void ? [] : [link.to])));
  for (const to of linked) owe(draft, { kind: 'command', to, command: LINK_WITHDRAWN, body: { from: file.id, fromRef: file.ref } });
  return WITHDRAWN;
}

/** Its owner and who began it hear of it; the machine, where it waits for just that. */
export function linkWithdrawn(draft: Draft, { from }: CommonBody<'LINK_WITHDRAWN'>): string | null {
  const { definition, file } = draft;
  const { owner } = definition.policy.list(file);
  const asked = [owner, file.openedBy === 'SYSTEM' ? null : file.openedBy].filter((each): each is PersonId => each !== null);
  const told = personsOf(draft, asked.map((each): PrincipalKey => `person:${each}`));
  const type = file.links.find(({ to }) => to === from)?.type ?? 'related';
  draft.happenings.push({ kind: 'linkWithdrawn', from, type, told });
  tell(draft, told, { kind: 'information', cause: `linkWithdrawn:${from}`, data: { subject: 'linkWithdrawn' } });
  const isAwaited = eventsOf(definition, file.state).includes(LINK_WITHDRAWN) && move(definition, file.state, LINK_WITHDRAWN, viewOf(draft)).moved;
  return isAwaited ? LINK_WITHDRAWN : null;
}
