import type { Response } from 'express';
import type { ProblemView } from '../../contracts/api.ts';
import { errorTable } from '../../contracts/errors.ts';
import type { ErrorCode, Language } from '../../contracts/errors.ts';
import { kindOf } from '../../contracts/reasons.ts';
import type { Reason, ReasonKind } from '../../contracts/reasons.ts';
import { reasonText } from '../../domain/access/reason-texts.ts';

export interface ProblemDetails {
  reasons?: readonly Reason[];
  /** Present revision of the case, where there is one. */
  version?: number;
  notReady?: readonly string[];
  headers?: Record<string, string>;
}

/** An answer that is not what was asked for, by a code of the closed list; thrown anywhere below a route. */
export class Problem extends Error {
  readonly code: ErrorCode;
  readonly details: ProblemDetails;

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

const byKind: Record<ReasonKind, ErrorCode> = {
  payload: 'INVALID_REQUEST',
  state: 'WRONG_MOMENT',
  authority: 'NOT_ENTITLED',
  segregation: 'SEGREGATION_OF_DUTIES',
  readiness: 'NOT_READY',
};

/** A refusal by the rules; the gravest reason decides the status. What one may not see is answered like what does not exist. */
export function refusal(reasons: readonly Reason[], version?: number): Problem {
  if (reasons.some(({ code }) => code === 'NOT_VISIBLE')) return new Problem('NOT_FOUND');
  return new Problem(byKind[kindOf(reasons)], { reasons, version });
}

/** How reasons are told to this reader. */
export interface Speech {
  language: Language;
  nameOf?: (person: string) => string;
}

export function reasonViews(reasons: readonly Reason[], { language, nameOf }: Speech) {
  return reasons.map((each) => ({ ...each, text: reasonText(each, language, nameOf) }));
}

function problemBody(problem: Problem, speech: Speech, requestId: string): ProblemView {
  const { status, title, text } = errorTable[problem.code];
  const { reasons, version, notReady } = problem.details;
  const rule = reasons
    ?.map((each) => ('rule' in each ? each.rule : undefined))
    .find((each) => each !== undefined);
  return {
    type: `urn:isms-engine:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    ...{
      title: title[speech.language],
      status,
      detail: text[speech.language],
      code: problem.code,
      requestId,
      instance: `urn:isms-engine:request:${requestId}`,
    },
    ...(reasons && { reasons: reasonViews(reasons, speech) }),
    ...(version !== undefined && { version }),
    ...(rule && { rule }),
    ...(notReady && { notReady: [...notReady] }),
  };
}

export function sendProblem(
  response: Response,
  problem: Problem,
  { speech, requestId }: { speech: Speech; requestId: string },
): void {
  response
    .status(problem.status)
    .set({ ...problem.details.headers, 'Cache-Control': 'no-store', 'Content-Language': speech.language });
  response.type('application/problem+json').end(JSON.stringify(problemBody(problem, speech, requestId)));
}
