import type { Extension } from '../../contracts/case-file.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { lastDayWithinTotal } from './hold-limit.ts';

/** Who a party of a case is: those of its process, and those that the kernel itself names. */

/** Principals of a party. */
export function partyOf(draft: Draft, party: string): PrincipalKey[] {
  const [kind, subject = ''] = party.split(':');
  if (party.includes(':') && Object.hasOwn(common, kind!)) return common[kind!]!(draft, subject);
  const resolve = draft.definition.policy.parties[party];
  if (!resolve) throw new Error(`party "${party}" of ${draft.definition.name} is not defined`);
  return resolve(viewOf(draft));
}

const person = (id: PersonId): PrincipalKey => `person:${id}`;

const common: Record<string, (draft: Draft, subject: string) => PrincipalKey[]> = {
  /** Who holds a party of the case. */
  holder: ({ file }, role) => (file.parties[role] === undefined ? [] : [person(file.parties[role])]),
  /** Who holds it until somebody has it for good; else who has to find somebody. */
  interim: ({ file }, role) => {
    const vacancy = file.vacancies.find((each) => each.role === role);
    return vacancy ? [vacancy.interim === null ? `manager:${vacancy.left}` : person(vacancy.interim)] : [];
  },
  /** Who decides on a later date of that deadline. */
  approver: (draft, deadline) => extensionApprovers(draft, deadline).map(person),
  /** Who confirms that the case is called off. */
  canceller: (draft) => cancelConfirmers(draft).map(person),
  /** Who looks again at a case on hold. */
  holdKeeper: (draft) => holdKeepers(draft),
};

export function openExtension({ file }: Pick<Draft, 'file'>, deadline: string): Extension | undefined {
  return file.extensions.find((each) => each.deadline === deadline && each.outcome === null);
}

/** Nobody approves his own later date (SOD-06): who asked for it, who owes it, and who stands in for one of them (SOD-12). */
export function barredFromExtension(draft: Draft, { deadline, never }: Extension): PersonId[] {
  const own = [...new Set([...never, ...personsOf(draft, partyOf(draft, draft.file.deadlines[deadline]!.owner))])];
  return [...own, ...standInsOf(draft, own)];
}

/** Those who may act in the name of one of them. */
export function standInsOf({ facts, now }: Pick<Draft, 'facts' | 'now'>, persons: readonly PersonId[]): PersonId[] {
  return persons.flatMap((each) => facts.directory.mandatesFor(each, now).map((mandate) => mandate.person));
}

/** The first group of the policy in which somebody may decide. */
export function extensionApprovers(draft: Draft, deadline: string): PersonId[] {
  const asked = openExtension(draft, deadline);
  if (!asked) return [];
  const barred = barredFromExtension(draft, asked);
  const tiers = asked.approvers.map((tier) => personsOf(draft, tier).filter((each) => !barred.includes(each)));
  return tiers.find((tier) => tier.length > 0) ?? [];
}

/** Who asked, in whose name, who owns the case, and who stands in for one of them. */
export function barredFromCancelling(draft: Draft): PersonId[] {
  const { owner } = draft.definition.policy.list(draft.file);
  const own = [...(draft.file.cancelRequest?.never ?? []), ...(owner ? [owner] : [])];
  return [...own, ...standInsOf(draft, own)];
}

/** Who has to confirm and nobody else: those of the party that one of the two belongs to, where none of them asked and one of them may. */
export function requiredConfirmers(draft: Draft): PersonId[] {
  const { oneOf } = draft.definition.policy.cancel ?? {};
  if (oneOf === undefined) return [];
  const asked = draft.file.cancelRequest?.never ?? [];
  return personsOf(draft, partyOf(draft, oneOf)).some((each) => asked.includes(each)) ? [] : unbarred(draft, oneOf);
}

/** The first party of the policy in which somebody may confirm. */
export function cancelConfirmers(draft: Draft): PersonId[] {
  const tiers = (draft.definition.policy.cancel?.confirmedBy ?? []).map((party) => unbarred(draft, party));
  return [requiredConfirmers(draft), ...tiers].find((tier) => tier.length > 0) ?? [];
}

function unbarred(draft: Draft, party: string): PersonId[] {
  const barred = barredFromCancelling(draft);
  return personsOf(draft, partyOf(draft, party)).filter((each) => !barred.includes(each));
}

const keepers: readonly PrincipalKey[][] = [['role:ISO'], ['isoDeputy'], ['role:TOP_MGMT']];

/** At the limit TOP_MGMT as well, who alone may prolong it. */
function holdKeepers(draft: Draft): PrincipalKey[] {
  const usual = keepers.find((tier) => personsOf(draft, tier).length > 0) ?? ['role:TOP_MGMT'];
  const isAtLimit = (draft.file.hold?.reviewOn ?? '') >= lastDayWithinTotal(draft);
  return isAtLimit ? [...new Set<PrincipalKey>([...usual, 'role:TOP_MGMT'])] : usual;
}
