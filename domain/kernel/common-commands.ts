import type { CaseFile } from '../../contracts/case-file.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import type { CommonBody, CommonCommand } from '../../contracts/common-commands.ts';
import type { Json } from '../../contracts/json.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import { endingCommands } from './ending-commands.ts';
import { addEvidence, evidenceReasons } from './evidence.ts';
import { derivedCaseId } from './canonical.ts';
import { openDeadlines } from './deadlines.ts';
import type { CommandPolicy } from './definition.ts';
import { askedPerson, personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { fireAhead } from './escalation.ts';
import type { FactQuery } from './facts.ts';
import { followSteps, linkPeer } from './follow.ts';
import { addLink } from './links.ts';
import { tell } from './notices.ts';
import { recordCommands } from './record-commands.ts';
import { timeCommands } from './time-commands.ts';
import { changeTimes } from './times.ts';
import { askedToReassign, claimVacancies, confirmTakeover, endVacancy, fallVacant, hold, mayHold, dutiesOf, interimReasons, vacancyOf } from './vacancies.ts';
import { approve, approveReasons, reject, rejectReasons } from './rounds/decision.ts';
import { answerInformation, answerReasons, requestInformation, requestReasons } from './rounds/information.ts';
import { changeMode, modeChangeReasons } from './rounds/mode-change.ts';
import { recusalReasons, recuse } from './rounds/recusal.ts';
import { appointSubstitute, appointmentReasons, passReasons, passSeat } from './rounds/substitutes.ts';

/** Commands that every process has; no process writes them again (rules §4.2, §4.3, §4.5). */
export interface CommonPolicy<C extends CommonCommand = CommonCommand> {
  /** Parties, or `participant` for anybody who is part of the case, `asked` for whom a round or a step asks, `viewer` for who sees the case. */
  by: readonly string[];
  /** Allowed after the end, too. */
  afterEnd: boolean;
  /** What the engine notes does not make anybody's decision stale. */
  keepsRevision?: true;
  /** Facts that it needs beyond those of every look at the case. */
  needs?: (file: CaseFile, body: CommonBody<C>) => FactQuery[];
  reasons: (draft: Draft, body: CommonBody<C> | undefined) => Reason[];
  carryOut: (draft: Draft, body: CommonBody<C>) => string | null;
}

type CommonPolicies = { [C in CommonCommand]: CommonPolicy<C> };
const none = () => [];

export const commonCommands: CommonPolicies = {
  COMMENT: { by: ['viewer'], afterEnd: true, reasons: none, carryOut: () => null },
  ADD_EVIDENCE: { by: ['viewer'], afterEnd: true, reasons: evidenceReasons, carryOut: addEvidence },
  REASSIGN: { by: ['everyone'], afterEnd: false, reasons: reassignReasons, carryOut: reassign },
  ACKNOWLEDGE_ESCALATION: { by: ['everyone'], afterEnd: false, reasons: acknowledgeReasons, carryOut: acknowledge },
  LINK: { by: ['viewer'], afterEnd: true, reasons: linkReasons, carryOut: link },
  APPROVE: { by: ['everyone'], afterEnd: false, reasons: approveReasons, carryOut: approve },
  REJECT: { by: ['everyone'], afterEnd: false, reasons: rejectReasons, carryOut: reject },
  REQUEST_INFORMATION: { by: ['everyone'], afterEnd: false, reasons: requestReasons, carryOut: requestInformation },
  ANSWER_INFORMATION: { by: ['everyone'], afterEnd: false, reasons: answerReasons, carryOut: answerInformation },
  RECUSE: { by: ['everyone'], afterEnd: false, reasons: recusalReasons, carryOut: recuse },
  PASS_SEAT: { by: ['everyone'], afterEnd: false, reasons: passReasons, carryOut: passSeat },
  APPOINT_SUBSTITUTE: { by: ['iso', 'isoDeputy', 'topManagement'], afterEnd: false, reasons: appointmentReasons, carryOut: appointSubstitute },
  CHANGE_MODE: { by: ['topManagement'], afterEnd: false, reasons: modeChangeReasons, carryOut: changeMode },
  SETTLE_EFFECT: { by: ['iso', 'isoDeputy', 'topManagement'], afterEnd: true, reasons: settleReasons, carryOut: settleEffect },
  EFFECT_ANSWERED: { by: ['system'], afterEnd: true, reasons: none, carryOut: effectAnswered },
  ATTACH_TRIGGER: { by: ['system'], afterEnd: true, reasons: none, carryOut: attachTrigger },
  CONFIRM_INTERIM: { by: ['everyone'], afterEnd: false, reasons: confirmInterimReasons, carryOut: confirmInterim },
  CONFIRM_TAKEOVER: { by: ['everyone'], afterEnd: false, reasons: takeoverReasons, carryOut: takeOver },
  HOLDER_LEFT: { by: ['system'], afterEnd: false, keepsRevision: true, reasons: none, carryOut: holderLeft },
  UNIT_DISSOLVED: { by: ['system'], afterEnd: false, reasons: none, carryOut: unitDissolved },
  BROADCAST_ENDED: { by: ['system'], afterEnd: true, keepsRevision: true, reasons: none, carryOut: broadcastEnded },
  // What follows from it, time and facts do by themselves right behind the entry (`wake`).
  TIMES_CHANGED: { by: ['system'], afterEnd: false, keepsRevision: true, reasons: none, carryOut: changeTimes },
  PEOPLE_CHANGED: { by: ['system'], afterEnd: false, keepsRevision: true, reasons: none, carryOut: () => null },
  ...endingCommands,
  ...timeCommands,
  ...recordCommands,
};

export function isCommon(command: string): command is CommonCommand {
  return Object.hasOwn(commonCommandBodies, command);
}

/** The common command as the kernel treats any other. */
export function commonPolicy(command: CommonCommand): Pick<CommandPolicy<never, Json>, 'by' | 'body'> {
  return { by: commonCommands[command].by, body: commonCommandBodies[command] as never };
}

function reassignReasons(draft: Draft, body: CommonBody<'REASSIGN'> | undefined): Reason[] {
  const { reassign: table } = draft.definition.policy;
  const mine = Object.keys(table).filter((role) => isAskedToReassign(draft, role) || authorityOf(draft.definition, viewOf(draft), table[role]!.by).entitled);
  if (mine.length === 0) return [reason('NOT_ENTITLED', { entitled: [...new Set(Object.values(table).flatMap(({ by }) => by))] })];
  if (!body) return [];
  if (!table[body.role]) return [reason('NOT_REASSIGNABLE', { role: body.role, reassignable: Object.keys(table) })];
  if (!mine.includes(body.role)) return [reason('NOT_ENTITLED', { entitled: [...table[body.role]!.by] })];
  return fitReasons(draft, body.role, body.to);
}

function fitReasons(draft: Draft, role: string, to: PersonId): Reason[] {
  if (!draft.facts.directory.isActive(to, draft.now)) return [reason('UNKNOWN_PERSON', { path: 'to', person: to })];
  // The interim holder may be named for good.
  if (draft.file.parties[role] === to && !vacancyOf(draft, role)) return [reason('SAME_PERSON', { role, person: to })];
  return draft.definition.policy.reassign[role]!.fit?.(viewOf(draft), to) ?? [];
}

/** Answers the event by which a machine asks the new holder to acknowledge, where the role has one. */
function reassign(draft: Draft, { role, to }: CommonBody<'REASSIGN'>): string | null {
  const { by, event = null } = draft.definition.policy.reassign[role]!;
  const authority = authorityOf(draft.definition, viewOf(draft), by);
  if (authority.entitled) draft.actor = { ...draft.actor, role: authority.role };
  else draft.actor = { ...draft.actor, role: 'interim' };
  const from = draft.file.parties[role] ?? null;
  hold(draft, role, to);
  tell(draft, [to, ...(from ? [from] : [])], { kind: 'reassigned', cause: `reassigned:${role}`, data: { role, to } });
  endVacancy(draft, role, 'REASSIGN');
  return event;
}

/** Whoever is asked to find a holder may name one. */
function isAskedToReassign(draft: Draft, role: string): boolean {
  const vacancy = vacancyOf(draft, role);
  return vacancy !== undefined && personsOf(draft, askedToReassign(draft, vacancy)).includes(askedPerson(draft.actor) ?? '');
}

function confirmInterimReasons(draft: Draft, body: CommonBody<'CONFIRM_INTERIM'> | undefined): Reason[] {
  const { vacancies } = draft.file;
  const mine = vacancies.filter(({ interim }) => interim !== null && interim === draft.actor.person);
  if (vacancies.length === 0) return [reason('ALREADY_DONE', { what: 'vacancies' })];
  if (!mine.some(({ role }) => !body || role === body.role)) return [reason('NOT_ENTITLED', { entitled: ['interim'] })];
  return body ? interimReasons(draft, body.role, draft.actor.person!) : [];
}

function confirmInterim(draft: Draft, { role }: CommonBody<'CONFIRM_INTERIM'>): null {
  draft.actor = { ...draft.actor, role: 'interim' };
  endVacancy(draft, role, 'CONFIRM_INTERIM');
  return null;
}

function takeoverReasons({ file, actor }: Draft, body: CommonBody<'CONFIRM_TAKEOVER'> | undefined): Reason[] {
  if (file.takeovers.length === 0) return [reason('ALREADY_DONE', { what: 'takeovers' })];
  const mine = file.takeovers.some(({ role }) => file.parties[role] === actor.person && (!body || role === body.role));
  return mine ? [] : [reason('NOT_ENTITLED', { entitled: file.takeovers.map(({ role }) => role) })];
}

function takeOver(draft: Draft, { role }: CommonBody<'CONFIRM_TAKEOVER'>): null {
  draft.actor = { ...draft.actor, role };
  confirmTakeover(draft, role);
  return null;
}

/**
 * Of who has lost a role of the organisation only those parties fall vacant that he may not hold without it; the machine hears of who
 * is gone. A departure waits for the end of its vacancies; nothing waits for those of an auditor whose access has ended.
 */
function holderLeft(draft: Draft, { from: departure, person, because }: CommonBody<'HOLDER_LEFT'>): string | null {
  const waiting = because === 'ACCESS_ENDED' ? null : departure;
  if (waiting !== null) claimVacancies(draft, person, waiting);
  const held = dutiesOf(draft, person).filter((role) => because === 'LEFT' || !mayHold(draft, role, person));
  for (const role of held) fallVacant(draft, { role, because, departure: waiting });
  return because === 'LEFT' ? 'HOLDER_LEFT' : null;
}

/**
 * The case goes to the unit that takes over, else to the one above, else it stays where it was. Who answered for the unit is
 * followed by the head of the successor, with confirmation (rules §16.1).
 */
function unitDissolved(draft: Draft, { from: departure, unit, successor }: CommonBody<'UNIT_DISSOLVED'>): null {
  const { directory } = draft.facts;
  const to = successor ?? directory.unitAbove(unit, draft.now) ?? unit;
  const answering = Object.entries(draft.definition.policy.reassign).filter(([role, { ofUnit }]) => ofUnit && draft.file.parties[role] !== undefined);
  draft.file.unit = to;
  draft.happenings.push({ kind: 'unitChanged', from: unit, to });
  const heads = directory.headsOf(to, draft.now).slice(0, 1);
  for (const [role] of answering) fallVacant(draft, { role, because: 'UNIT_DISSOLVED', departure, first: [...heads, draft.file.parties[role]!] });
  return null;
}

function openSteps(draft: Draft, person: PersonId) {
  return openDeadlines(draft).flatMap((deadline) =>
    deadline.steps
      .filter((step) => step.step.startsWith('E') && step.firedAt && !step.collapsed && !step.acknowledgedAt && step.recipients?.includes(person))
      .map((step) => ({ deadline, step })),
  );
}

function acknowledgeReasons(draft: Draft, body: CommonBody<'ACKNOWLEDGE_ESCALATION'> | undefined): Reason[] {
  const open = openSteps(draft, askedPerson(draft.actor) ?? '');
  const fits = open.filter(({ deadline, step }) => !body || (deadline.name === body.deadline && step.step === body.step));
  if (fits.length === 0) return [reason('NOTHING_TO_ACKNOWLEDGE', { deadline: body?.deadline ?? '', step: body?.step ?? '' })];
  const needsDecision = body?.step === 'E2' && !body.decision;
  return needsDecision ? [reason('INVALID_PAYLOAD', { path: 'decision', message: 'at E2 say what you decided: EXTEND, REASSIGN, RESCOPE or ESCALATE' })] : [];
}

function acknowledge(draft: Draft, body: CommonBody<'ACKNOWLEDGE_ESCALATION'>): null {
  const { deadline, step } = openSteps(draft, askedPerson(draft.actor)!).find((each) => each.deadline.name === body.deadline && each.step.step === body.step)!;
  draft.actor = { ...draft.actor, role: `asked:${step.step}` };
  step.acknowledgedAt = draft.now;
  step.acknowledgedBy = draft.actor.person!;
  draft.happenings.push({ kind: 'acknowledged', deadline: deadline.name, step: step.step, decision: body.decision ?? null });
  if (body.decision === 'ESCALATE') fireAhead(draft, deadline, 'E3');
  followSteps(draft);
  return null;
}

function linkReasons(draft: Draft, body: CommonBody<'LINK'> | undefined): Reason[] {
  if (!body) return [];
  const known = draft.facts.cases.some(({ id }) => id === body.to) && body.to !== draft.file.id;
  return known ? [] : [reason('UNKNOWN_CASE', { path: 'to', case: body.to })];
}

function link(draft: Draft, { to, type }: CommonBody<'LINK'>): null {
  linkPeer(draft, { to, toRef: draft.facts.cases.find(({ id }) => id === to)!.ref, type });
  return null;
}

/**
 * A refused effect is never lost: it lies in the case until somebody has dealt with it (design.md "The write path"). The case that
 * it should have opened does not exist: nobody waits for it; one that it was attached to takes its place.
 */
function effectAnswered(draft: Draft, { version, n, outcome, to, reasons }: CommonBody<'EFFECT_ANSWERED'>): null {
  const { file } = draft;
  const link = file.links.find((each) => each.to === derivedCaseId(file.id, version, n));
  const isKnown = file.links.some((each) => each.to === to && each.type === link?.type);
  const successor = link && to && !isKnown ? { ...link, to } : null;
  if (link) Object.assign(link, { awaited: false, void: true });
  if (outcome === 'REFUSED') {
    file.refusedEffects.push({ version, n, what: link?.type ?? 'command', codes: reasons.map(({ code }) => code) });
    tell(draft, personsOf(draft, ['role:ISO', 'isoDeputy']), { kind: 'effectRefused', cause: `effect:${version}:${n}` });
  } else if (successor) {
    addLink(draft, successor);
  }
  return null;
}

function settleReasons({ file }: Draft, body: CommonBody<'SETTLE_EFFECT'> | undefined): Reason[] {
  const waits = file.refusedEffects.some(({ version, n }) => !body || (version === body.version && n === body.n));
  return waits ? [] : [reason('ALREADY_DONE', { what: body ? `effect ${body.version}.${body.n}` : 'effects' })];
}

function settleEffect({ file }: Draft, { version, n }: CommonBody<'SETTLE_EFFECT'>): null {
  file.refusedEffects = file.refusedEffects.filter((each) => each.version !== version || each.n !== n);
  return null;
}

function attachTrigger(draft: Draft, { from, fromRef, type }: CommonBody<'ATTACH_TRIGGER'>): null {
  addLink(draft, { type, to: from, toRef: fromRef, direction: 'peer', awaited: false, attempt: draft.file.attempt });
  return null;
}

/** The machine hears of it once all that the case has told is answered; a broadcast is never told twice. */
function broadcastEnded(draft: Draft, { version, n, ...counts }: CommonBody<'BROADCAST_ENDED'>): string | null {
  const broadcast = draft.file.broadcasts.find((each) => each.version === version && each.n === n);
  if (!broadcast) return null;
  broadcast.ended = { ...counts, at: draft.now };
  draft.happenings.push({ kind: 'broadcastEnded', version, n, command: broadcast.command, ...counts });
  return draft.file.broadcasts.every(({ ended }) => ended !== null) ? 'BROADCAST_ENDED' : null;
}
