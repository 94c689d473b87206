import type { CaseFile } from '../../contracts/case-file.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { kindOf } from '../../contracts/reasons.ts';
import { actingReasons, momentReasons, policyOf } from './accept.ts';
import { commonCommands } from './common-commands.ts';
import type { ProcessDefinition } from './definition.ts';
import { regard } from './draft.ts';
import type { Facts } from './facts.ts';
import { jsonSchemaOf } from './references.ts';

/** A command that this person sees in this state: with the form it needs and, where it is blocked, why. */
export interface AvailableCommand {
  command: string;
  schema: unknown;
  /** Empty: it may be sent. */
  blockedBy: Reason[];
  /** In whose name it would be sent; null in the own. */
  onBehalfOf: PersonId | null;
}

export interface Asking {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  facts: Facts;
  now: Instant;
  actor: Actor;
}

/** Same questions as `accept`, without a body. What the person has no authority for is hidden; what is merely not possible now is explained. */
export function availableCommands({ definition, file, facts, now, actor }: Asking): AvailableCommand[] {
  const known = [...Object.keys(definition.policy.commands), ...Object.keys(commonCommands)];
  return known.flatMap((command) => {
    const draft = regard({ definition, file, actor, body: undefined as never, now, facts });
    if (momentReasons(draft, command).length > 0) return [];
    const blockedBy = actingReasons(draft, command);
    if (blockedBy.length > 0 && isHidden(blockedBy)) return [];
    return [{ command, schema: jsonSchemaOf(policyOf(definition, command)!.body), blockedBy, onBehalfOf: draft.actor.onBehalfOf ?? null }];
  });
}

/** No authority, or nothing there to do it on. */
function isHidden(reasons: readonly Reason[]): boolean {
  const hides = ['WRONG_STATE', 'ROUND_CLOSED', 'NO_VACANT_SEAT', 'QUORUM_POSSIBLE', 'NOTHING_ASKED', 'NOTHING_TO_ACKNOWLEDGE', 'NO_EXTERNAL_ORIGIN', 'ALREADY_DONE', 'NO_EXTENSION_ASKED', 'NOT_ON_HOLD', 'NO_CANCEL_ASKED'];
  return kindOf(reasons) === 'authority' || reasons.some(({ code }) => hides.includes(code));
}
