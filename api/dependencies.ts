import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Instant } from '../contracts/identity.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import type { CaseGateway } from './case-gateway.ts';
import type { Reach } from './evidence-links/reach.ts';
import type { Limiters, Limits } from './http/limits.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { TemporalPlace } from './operations/temporal-report.ts';
import type { People } from './people.ts';
import type { SignIn } from './sign-in/sign-in.ts';

/** What the API is given by its composition root. */
export interface AppSettings {
  pool: Pool;
  journal: Journal;
  gateway: Pick<CaseGateway, 'start' | 'decide' | 'nudge'>;
  /** Where Temporal can be asked how the workflows fare; null where nobody asks it. */
  temporal: TemporalPlace | null;
  signIn: SignIn;
  /** Whether something is there under an address that is to be evidence. */
  reach: Reach;
  clock: () => Instant;
  /** Under which people reach it, without a slash at the end. */
  publicUrl: string;
  /** Verifies the links that end mails. */
  mailSecret: string;
  logger: Logger;
  /** Parts that must be there; each rejects, or answers within its own time, when it is not. */
  readiness: Record<string, () => Promise<void>>;
  /** Whoever scrapes the metrics must send it; without one only this machine may. */
  metricsToken?: string;
  limits?: Partial<Limits>;
  /** How long a caller waits for a decision before being told where to look. */
  decisionTimeoutMs?: number;
}

/** What every endpoint may use. */
export interface Dependencies extends Omit<AppSettings, 'limits' | 'decisionTimeoutMs'> {
  people: People;
  metrics: Metrics;
  limiters: Limiters;
  decisionTimeoutMs: number;
}
