import type { CommonBody } from '../../../contracts/common-commands.ts';
import type { RoundQuestion } from '../../../contracts/case-file.ts';
import type { Task } from '../../../contracts/entry.ts';
import type { PrincipalKey } from '../../../contracts/identity.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { andStandIns, askedPerson, personsOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { tell } from '../notices.ts';
import { roundReasons } from './entitlement.ts';
import { approversOf, seatOf } from './seats.ts';

/** Requests for information (rules §4.3): the clock of the approval goes on, and nothing waits for the answer. */

export function requestReasons(draft: Draft, body: CommonBody<'REQUEST_INFORMATION'> | undefined): Reason[] {
  const who = roundReasons(draft);
  return who.length === 0 && body && body.of === draft.actor.person ? [reason('SAME_PERSON', { role: 'question', person: body.of })] : who;
}

export function requestInformation(draft: Draft, { of: to, question }: CommonBody<'REQUEST_INFORMATION'>): null {
  const round = draft.file.round!;
  const key = `q${round.questions.length + 1}`;
  draft.actor = { ...draft.actor, role: seatOf(draft, round, draft.actor)!.name };
  round.questions.push({ key, by: draft.actor.person!, to, question, askedAt: draft.now, answer: null });
  draft.happenings.push({ kind: 'informationAsked', round: round.name, number: round.number, question: key, to });
  tell(draft, andStandIns(draft, [to]), { kind: 'taskAsked', cause: `question:${round.number}:${key}`, data: { task: 'answerInformation', due: null } });
  return null;
}

function openQuestions({ file }: Pick<Draft, 'file'>): RoundQuestion[] {
  return file.round?.questions.filter(({ answer }) => answer === null) ?? [];
}

/** Who was asked; his line manager where he is not there any more. */
function askedFor({ facts, now }: Pick<Draft, 'facts' | 'now'>, { to }: RoundQuestion): PrincipalKey[] {
  return facts.directory.isActive(to, now) ? [`person:${to}`] : [`manager:${to}`];
}

export function answerReasons(draft: Draft, body: CommonBody<'ANSWER_INFORMATION'> | undefined): Reason[] {
  const open = openQuestions(draft).filter(({ key }) => !body || key === body.question);
  if (open.length === 0) return [reason('NOTHING_ASKED', { question: body?.question ?? '' })];
  const mine = open.some((each) => personsOf(draft, askedFor(draft, each)).includes(askedPerson(draft.actor) ?? ''));
  return mine ? [] : [reason('NOT_ENTITLED', { entitled: open.map(({ to }) => to) })];
}

/** Everybody whom the round asks learns of it, and whoever asked. */
export function answerInformation(draft: Draft, { question: key, answer: text }: CommonBody<'ANSWER_INFORMATION'>): null {
  const round = draft.file.round!;
  const question = round.questions.find((each) => each.key === key)!;
  draft.actor = { ...draft.actor, role: 'asked' };
  question.answer = { by: draft.actor.person!, at: draft.now, text };
  const told = [...new Set([question.by, ...approversOf(draft, round)])];
  draft.happenings.push({ kind: 'informationAnswered', round: round.name, number: round.number, question: key, told });
  tell(draft, told, { kind: 'information', cause: `answer:${round.number}:${key}`, data: { subject: 'informationAnswered' } });
  return null;
}

export function questionTasks(draft: Draft): Task[] {
  return openQuestions(draft).map((each) => ({ task: 'answerInformation', principals: askedFor(draft, each), except: [], deadline: null }));
}
