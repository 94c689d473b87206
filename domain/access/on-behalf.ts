import type { Actor } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { kindOf, reasonData } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { coversCommand } from '../directory/break-glass.ts';
import { coversDecision } from '../directory/standing-in.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Facts } from '../kernel/facts.ts';

/** Acting in the name of another (rules §3.3, SOD-12): own authority first, and never more than both may do. */

/** What is to be decided, as far as it matters for mandates. */
export interface Decision {
  process: string;
  command: string;
  inPerson?: boolean;
  acceptsRisk?: boolean;
}

interface Acting {
  actor: Actor;
  facts: Facts;
  now: Instant;
}

interface InCase extends Acting {
  file: Pick<CaseFile<unknown>, 'id'>;
}

/** In whose names the person could decide this, each once; a mandate is not passed on, so these are all. */
export function actorsOnBehalf({ actor: { person }, facts, now }: Acting, decision: Decision): Actor[] {
  if (person === null || decision.inPerson) return [];
  const mandates = facts.directory.mandatesOf(person, now).filter((each) => coversDecision(each, decision) && (!decision.acceptsRisk || each.acceptance));
  return [...new Set(mandates.map(({ principal }) => principal))].map((onBehalfOf) => ({ person, role: '', onBehalfOf }));
}

/** With which powers of a break-glass the person could decide this (SOD-13); risk is never accepted so, and nothing that is done in person. */
function actorsWithPowers({ actor: { person }, file, facts, now }: InCase, { process, command, inPerson, acceptsRisk }: Decision): Actor[] {
  if (person === null || inPerson || acceptsRisk) return [];
  const powers = facts.directory.emergencyPowersOf(person, now).filter((each) => coversCommand(each, { process, command, caseId: file.id }));
  return powers.map(({ caseId, ref }) => ({ person, role: '', breakGlass: { case: caseId, ref } }));
}

/**
 * Asks in the person's own name and, where it is authority that is missing, in the name of each of those he or she stands in for, and
 * at last with the powers of a break-glass. What is acted on keeps the actor for whom nothing stands against it.
 */
export function asWhoMay<A extends InCase>(acting: A, decision: Decision, question: (as: A) => Reason[]): Reason[] {
  const own = question(acting);
  if (!lacksAuthority(own)) return own;
  const given = acting.actor;
  const refused: Reason[][] = [];
  for (const actor of [...actorsOnBehalf(acting, decision), ...actorsWithPowers(acting, decision)]) {
    acting.actor = actor;
    const reasons = question(acting);
    if (reasons.length === 0) return [];
    if (!lacksAuthority(reasons)) refused.push(reasons);
  }
  acting.actor = given;
  return refused[0] ?? own;
}

function lacksAuthority(reasons: readonly Reason[]): boolean {
  return reasons.length > 0 && (kindOf(reasons) === 'authority' || reasons.some(({ code }) => code === 'NOTHING_TO_ACKNOWLEDGE'));
}

/** The same asked of the principal, as if he or she acted: null where somebody acts in the own name. */
export function asPrincipal<A extends Pick<Acting, 'actor'>>(acting: A): A | null {
  const { onBehalfOf, role } = acting.actor;
  return onBehalfOf === undefined ? null : { ...acting, actor: { person: onBehalfOf, role } };
}

/** What stands against the principal stands against whoever acts in that name (SOD-12); all else is about the one who acts. */
export function throughDelegation(reasons: readonly Reason[]): Reason[] {
  return reasons.flatMap((each): Reason[] => {
    if (each.code === 'SOD_BLOCKED') return [{ ...each, rule: 'SOD-12', underlying: each.underlying ?? each.rule, waivable: false }];
    return reasonData[each.code].kind === 'authority' ? [each] : [];
  });
}
