import type { CaseFile } from '../../contracts/case-file.ts';
import type { Actor, EntryDraft, Refusal } from '../../contracts/entry.ts';
import type { CommonCommand } from '../../contracts/common-commands.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import { actorsOnBehalf, asPrincipal, asWhoMay, throughDelegation } from '../access/on-behalf.ts';
import type { Decision } from '../access/on-behalf.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import { commonCommands, commonPolicy, isCommon } from './common-commands.ts';
import { meetDeadline, isOpen, resetDeadlines, setDeadline } from './deadlines.ts';
import type { CommandPolicy, ProcessDefinition } from './definition.ts';
import { attachEvidence, begin, finish, involvementsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { enterState } from './enter.ts';
import type { Facts } from './facts.ts';
import { raiseFlag } from './flagging.ts';
import { followBehaviours, owe } from './follow.ts';
import { eventsOf, metaOf, move } from './machine.ts';
import { names } from './names.ts';
import { parseBody } from './payload.ts';
import { referenceReasons, referencesIn } from './references.ts';
import { endReasons } from './rounds/conditions.ts';
import { noteOf } from './rounds/late.ts';
import { voidOnChange } from './rounds/opening.ts';
import { dropVacancy, endVacancy, hold, vacancyOf } from './vacancies.ts';
import { seesCase } from './sight.ts';

/** A command as somebody sends it. */
export interface Command {
  name: string;
  body: Json;
  actor: Actor;
  /** The revision that the sender has seen, where he said so. */
  ifMatch?: number | null;
}

export interface Acceptance {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  facts: Facts;
  now: Instant;
  command: Command;
}

export type Accepted = { accepted: true; entry: EntryDraft } | { accepted: false; refusal: Refusal; note: EntryDraft | null };

/** Decides one command against one state: authority, segregation of duties, guards; then records it and moves the machine. */
export function accept(input: Acceptance): Accepted {
  const { definition, file, facts, now, command } = input;
  const parsed = parsedBody(definition, command);
  const draft = begin({ definition, file, actor: command.actor, body: parsed.ok ? parsed.body : command.body, now, facts });
  const reasons = parsed.ok ? refusals(draft, command, parsed.body) : parsed.reasons;
  const note = parsed.ok && reasons.length > 0 ? withoutEffect(draft, command, reasons) : null;
  if (reasons.length > 0) return { accepted: false, refusal: { command: command.name, reasons }, note };
  carryOut(draft, command.name);
  tellBreakGlass(draft, command.name);
  return { accepted: true, entry: finish(draft, command.name) };
}

function parsedBody(definition: ProcessDefinition<never>, { name, body }: Command) {
  const policy = policyOf(definition, name);
  const known = [...Object.keys(definition.policy.commands), ...Object.keys(commonCommands)];
  return policy ? parseBody(policy.body, body) : { ok: false as const, reasons: [reason('UNKNOWN_COMMAND', { command: name, known })] };
}

/** Policy of a command of the process or of the kernel. */
export function policyOf(definition: ProcessDefinition<never>, name: string): CommandPolicy<never, never> | undefined {
  if (isCommon(name)) return commonPolicy(name) as CommandPolicy<never, never>;
  // A name such as `constructor` is nobody's command.
  return Object.hasOwn(definition.policy.commands, name) ? definition.policy.commands[name] : undefined;
}

/** Every reason against the command, gravest question first: the moment, the person, his past, what it names, the guards. */
function refusals(draft: Draft, { name, ifMatch }: Command, body: Json): Reason[] {
  const { facts, now, file } = draft;
  const references = () => referenceReasons(referencesIn(policyOf(draft.definition, name)!.body, body), { facts, now, zone: file.zone });
  const asSomebody = (as: Draft) => firstOf([() => personReasons(as, name), references, () => evidenceOfCaseReasons(as, name), () => ownNameReasons(as, name), () => guardReasons(as, name)]);
  return firstOf([() => staleReasons(draft, ifMatch), () => momentReasons(draft, name), () => asWhoMay(draft, decisionOf(draft, name), asSomebody)]);
}

/** The reasons of the first question that has any. */
function firstOf(questions: readonly (() => Reason[])[]): Reason[] {
  for (const question of questions) {
    const reasons = question();
    if (reasons.length > 0) return reasons;
  }
  return [];
}

/** Why the person may not do this now, neither in the own name nor in that of somebody he or she stands in for; without a body only what can be said without one. */
export function actingReasons(draft: Draft, name: string): Reason[] {
  return asWhoMay(draft, decisionOf(draft, name), (as) => firstOf([() => personReasons(as, name), () => guardReasons(as, name)]));
}

function decisionOf({ definition, file }: Draft, command: string): Decision {
  const { inPerson = false, acceptsRisk = false } = policyOf(definition, command)!;
  const accepts = command === 'APPROVE' && file.round !== null && definition.policy.rounds[file.round.name]?.acceptsRisk === true;
  return { process: definition.name, command, inPerson, acceptsRisk: acceptsRisk || accepts };
}

function staleReasons({ file }: Draft, ifMatch: number | null | undefined): Reason[] {
  return ifMatch == null || ifMatch === file.revision ? [] : [reason('STALE_VERSION', { sent: ifMatch, current: file.revision })];
}

/** Is this a moment at which the command makes sense at all? */
export function momentReasons({ definition, file }: Draft, name: string): Reason[] {
  const handled = eventsOf(definition, file.state);
  const possible = handled.filter((each) => each in definition.policy.commands);
  if (isCommon(name)) return file.settled === null || commonCommands[name].afterEnd ? [] : [reason('WRONG_STATE', { state: file.state, possible })];
  return handled.includes(name) ? [] : [reason('WRONG_STATE', { state: file.state, possible })];
}

/** May this person, by role and relation, and given what he did before? Who acts for another may what neither of them is barred from. */
function personReasons(draft: Draft, name: string): Reason[] {
  const policy = policyOf(draft.definition, name)!;
  const authority = authorityOf(draft.definition, viewOf(draft), policy.by);
  if (!authority.entitled) return barredReasons(draft, policy) ?? authority.reasons;
  draft.actor = { ...draft.actor, role: authority.role };
  if (draft.actor.person !== null && authority.role === 'viewer' && !seesCase(draft, draft.actor.person)) return [reason('NOT_VISIBLE', {})];
  const { involves } = policy;
  return involves ? askedOfBoth(draft, ({ actor, file, facts }) => (actor.person === null ? [] : segregationReasons(actor.person, involves, familyOf(file), facts.involvements))) : [];
}

/** Who is kept from it by a rule learns which one. */
function barredReasons(draft: Draft, { barred = {} }: CommandPolicy<never, never>): Reason[] | null {
  const { definition, actor } = draft;
  const found = Object.entries(barred).find(([party]) => authorityOf(definition, viewOf(draft), [party]).entitled);
  return found && actor.person !== null ? [reason('SOD_BLOCKED', { rule: found[1], person: actor.person, because: found[0], waivable: false })] : null;
}

/** Rules about persons are asked of who acts and, in the name of another, of that one as well (SOD-12). */
function askedOfBoth(draft: Draft, question: (as: Draft) => Reason[]): Reason[] {
  const principal = asPrincipal(draft);
  return firstOf([() => question(draft), () => (principal ? throughDelegation(question(principal)) : [])]);
}

/** Nobody gives himself with a break-glass what would outlast its hours (SOD-13). */
function ownNameReasons({ definition, actor: { person, breakGlass }, body }: Draft, name: string): Reason[] {
  if (!breakGlass || person === null) return [];
  const named = referencesIn(policyOf(definition, name)!.body, body).some(({ kind, value }) => kind === 'person' && value === person);
  return named ? [reason('SOD_BLOCKED', { rule: 'SOD-13', person, because: 'namesHimself', waivable: false })] : [];
}

/** The entry says under which break-glass it was decided, and that case lists it for its review (SOD-13). */
function tellBreakGlass(draft: Draft, command: string): void {
  const { breakGlass, ...actor } = draft.actor;
  if (!breakGlass) return;
  const { file, now } = draft;
  draft.actor = { ...actor, role: 'breakGlass' };
  draft.happenings.push({ kind: 'brokeGlass', ...breakGlass });
  owe(draft, { kind: 'command', to: breakGlass.case, command: 'USED', body: { from: file.id, fromRef: file.ref, version: file.version + 1, command, at: now } });
}

/** Evidence that a verdict stands on is part of the case first. */
function evidenceOfCaseReasons(draft: Draft, name: string): Reason[] {
  const named = policyOf(draft.definition, name)!.evidence?.(draft.body as never) ?? [];
  const known = [...draft.file.evidence.map(({ sha256 }) => sha256), ...draft.facts.evidence.map(({ sha256 }) => sha256)];
  return named.filter((each) => !known.includes(each)).map((each) => reason('UNKNOWN_EVIDENCE', { path: 'evidence', evidence: each }));
}

/** Rules of the process and guards of the machine. */
function guardReasons(draft: Draft, name: string): Reason[] {
  return askedOfBoth(draft, (as) => ownGuardReasons(as, name));
}

function ownGuardReasons(draft: Draft, name: string): Reason[] {
  if (isCommon(name)) return commonCommands[name].reasons(draft, draft.body as never);
  const rules = draft.definition.policy.commands[name]!.rules?.(viewOf(draft)) ?? [];
  if (rules.length > 0) return rules;
  const result = move(draft.definition, draft.file.state, name, viewOf(draft));
  return result.moved ? endReasons(draft, result.to) : result.reasons;
}

function carryOut(draft: Draft, name: string): void {
  const moved = isCommon(name) ? carryOutCommon(draft, name) : carryOutOwn(draft, name);
  if (moved || !isCommon(name) || !commonCommands[name].keepsRevision) draft.file.revision += 1;
  if (moved) enterState(draft, moved.to, moved.event);
  voidOnChange(draft);
  followBehaviours(draft, 'after', name);
}

type Moved = { to: string; event: string } | null;

/** A common command may have a consequence for the machine: a round that ended, a party that changed. */
function carryOutCommon(draft: Draft, name: CommonCommand): Moved {
  const event = commonCommands[name].carryOut(draft, draft.body as never);
  return event !== null && eventsOf(draft.definition, draft.file.state).includes(event) ? target(draft, event) : null;
}

/** The machine is asked before anything is written: guards judge the case as the sender saw it. */
function carryOutOwn(draft: Draft, name: string): Moved {
  const moved = target(draft, name);
  const policy = draft.definition.policy.commands[name]! as unknown as CommandPolicy<unknown, unknown>;
  attachEvidence(draft, policy.evidence?.(draft.body) ?? [], name);
  record(draft, policy);
  return moved;
}

/** Where the event leads; a decision whose consequence is guarded was refused before (design.md "Settled questions"). */
function target(draft: Draft, event: string): Moved {
  const result = move(draft.definition, draft.file.state, event, viewOf(draft));
  if (!result.moved) throw new Error(`${event} is blocked in ${draft.file.state} after it was accepted`);
  return result.stays ? null : { to: result.to, event };
}

/** Writes what the command says into the case. */
function record(draft: Draft, policy: CommandPolicy<unknown, unknown>): void {
  const view = viewOf(draft) as never;
  const named = policy.names?.(view) ?? {};
  const flags = policy.flags?.(view) ?? [];
  if (policy.record) draft.file.document = policy.record(view) as never;
  if (policy.unit) draft.file.unit = policy.unit(draft.body) ?? draft.file.unit;
  if (policy.newAttempt) startAttempt(draft);
  for (const anchor of policy.anchors ?? []) draft.file.anchors[anchor] = draft.now;
  nameParties(draft, named);
  flags.forEach((flag) => raiseFlag(draft, flag));
  followCommandDeadlines(draft, policy);
  involve(draft, policy.involves);
}

function startAttempt({ file }: Draft): void {
  file.attempt += 1;
  file.reworks = {};
}

function followCommandDeadlines(draft: Draft, { meets = [], sets = [], resetsDeadlines }: CommandPolicy<unknown, unknown>): void {
  for (const deadline of [...meets, ...sets].map((each) => draft.file.deadlines[each]).filter(isOpen)) meetDeadline(draft, deadline);
  for (const name of sets) if (names(metaOf(draft.definition, draft.file.state).deadline).includes(name)) setDeadline(draft, name);
  if (resetsDeadlines) resetDeadlines(draft);
}

function nameParties(draft: Draft, named: Record<string, PersonId | null>): void {
  for (const [role, to] of Object.entries(named)) {
    if (to === null) release(draft, role);
    else hold(draft, role, to);
    if (to === null) dropVacancy(draft, role);
    else if (vacancyOf(draft, role)) endVacancy(draft, role, 'REASSIGN');
  }
}

function release({ file, happenings }: Draft, role: string): void {
  const from = file.parties[role];
  if (from === undefined) return;
  delete file.parties[role];
  happenings.push({ kind: 'partyChanged', role, from, to: null });
}

/** The relation is written on the case and on the cases it is part of, where segregation of duties will look for it. */
function involve(draft: Draft, relation: string | undefined): void {
  if (!relation) return;
  const { self, parents } = familyOf(draft.file);
  for (const object of [self, ...parents]) draft.involvements.push(...involvementsOf(draft, relation, object));
}

/** A decision that comes after its round has closed, or a second time, is kept as a note without effect (rules §4.3). */
function withoutEffect(draft: Draft, { name, actor }: Command, reasons: readonly Reason[]): EntryDraft | null {
  if ((name !== 'APPROVE' && name !== 'REJECT') || actor.person === null) return null;
  const names = [actor.person, ...actorsOnBehalf(draft, decisionOf(draft, name)).map(({ onBehalfOf }) => onBehalfOf!)];
  const note = noteOf(draft, reasons, names);
  return note === null ? null : finish(draft, note);
}
