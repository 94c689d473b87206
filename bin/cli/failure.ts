import type { Exit } from './exit-codes.ts';

export interface FailureDetails {
  /** Code of the closed lists: contracts/errors.ts. */
  code?: string;
  /** Each says what stands in the way and what to do about it. */
  reasons?: readonly { code: string; text: string }[];
  /** What else helps, a line each. */
  hints?: readonly string[];
  [more: string]: unknown;
}

/** An end that people and programs can do something about; the message says what. Everything else is our mistake. */
export class Failure extends Error {
  readonly exit: Exit;
  readonly details: FailureDetails;

  constructor(exit: Exit, message: string, details: FailureDetails = {}) {
    super(message);
    this.exit = exit;
    this.details = details;
  }
}
