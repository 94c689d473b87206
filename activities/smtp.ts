import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { MailOutcome } from '../prisma/courier/settle-mail.ts';

/** One message, ready to be handed over. */
export interface SmtpMessage {
  from: string;
  to: string;
  content: Buffer;
}

/** How long to wait for what. A server may take its time to accept content; giving up early there is what makes doubles (RFC 5321 4.5.3.2.6). */
export interface SmtpPatience {
  /** Until it is connected, greeted and signed in. */
  connectMs: number;
  /** From then until the content may begin. */
  envelopeMs: number;
  /** From then until the content is accepted or refused. */
  contentMs: number;
}

const PATIENCE: SmtpPatience = { connectMs: 15_000, envelopeMs: 60_000, contentMs: 600_000 };

export interface SmtpServer {
  /** Hands the message over once. `beforeContent` is awaited before the first byte of it leaves; what it throws ends the attempt. */
  send(message: SmtpMessage, beforeContent: () => Promise<void>): Promise<MailOutcome>;
}

/**
 * An SMTP server by its URL: `smtp://user:password@host:587`, or `smtps://` for TLS from the start. STARTTLS is used where offered;
 * a password goes to another machine over TLS only, unless the URL says `?ignoreTLS=true`.
 */
export function smtpServer(url: string, patience: Partial<SmtpPatience> = {}): SmtpServer {
  const limits = { ...PATIENCE, ...patience };
  return {
    async send(message, beforeContent) {
      const attempt = new Attempt(url, limits, beforeContent);
      try {
        await attempt.run(message);
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error as SmtpProblem, attempt.phase);
      } finally {
        attempt.leave();
      }
    },
  };
}

interface SmtpOptions {
  host?: string;
  auth?: { user: string; pass: string };
  ignoreTLS?: boolean;
  requireTLS?: boolean;
}

type Phase = 'connecting' | 'envelope' | 'content';

/** One connection for one message: what one recipient's server does never touches another message. */
class Attempt {
  phase: Phase = 'connecting';
  private isDone = false;
  private hasLeft = false;
  private readonly connection: SMTPConnection;
  private readonly options: SmtpOptions;
  private readonly limits: SmtpPatience;
  private readonly beforeContent: () => Promise<void>;
  private timer: NodeJS.Timeout | undefined;
  private giveUp: (error: Error) => void = () => undefined;

  constructor(url: string, limits: SmtpPatience, beforeContent: () => Promise<void>) {
    this.options = parseConnectionUrl(url) as SmtpOptions;
    this.limits = limits;
    this.beforeContent = beforeContent;
    this.connection = new SMTPConnection({
      ...this.options,
      requireTLS: needsTls(this.options),
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.connectMs,
      socketTimeout: limits.contentMs,
      socketCloseTimeout: 0,
    });
  }

  async run(message: SmtpMessage): Promise<void> {
    const broken = new Promise<never>((_, reject) => {
      this.giveUp = reject;
      this.connection.once('error', reject);
    });
    this.connection.on('error', () => undefined); // one that comes after we have gone
    await Promise.race([this.handOver(message), broken]);
    this.isDone = true;
  }

  /** Politely where all went well. */
  leave(): void {
    this.hasLeft = true;
    clearTimeout(this.timer);
    if (this.isDone) this.connection.quit();
    else this.connection.close();
  }

  private async handOver(message: SmtpMessage): Promise<void> {
    this.allow(this.limits.connectMs);
    await called((done) => this.connection.connect(done));
    await this.signIn();
    this.phase = 'envelope';
    this.allow(this.limits.envelopeMs);
    const { from, to, content } = message;
    await called((done) => this.connection.send({ from, to: [to] }, this.contentOf(content), done));
  }

  private async signIn(): Promise<void> {
    const { auth } = this.options;
    if (auth) await called((done) => this.connection.login(auth, done));
  }

  /** Read only once the server has said that the content may begin. */
  private contentOf(content: Buffer): Readable {
    const begin = async (stream: Readable): Promise<void> => {
      await this.beforeContent();
      if (this.hasLeft) return; // it took too long: nothing goes out any more
      this.phase = 'content';
      this.allow(this.limits.contentMs);
      stream.push(content);
      stream.push(null);
    };
    let begun = false;
    return new Readable({
      read() {
        if (begun) return;
        begun = true;
        begin(this).catch((error: Error) => this.destroy(error));
      },
    });
  }

  private allow(milliseconds: number): void {
    clearTimeout(this.timer);
    const tooLong = Object.assign(new Error('took too long'), { code: 'ETIMEDOUT' });
    this.timer = setTimeout(() => this.giveUp(tooLong), milliseconds);
  }
}

function needsTls({ auth, host, ignoreTLS, requireTLS }: SmtpOptions): boolean {
  if (requireTLS) return true;
  return Boolean(auth) && !ignoreTLS && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host ?? '');
}

function called(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}

interface SmtpProblem extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
}

/**
 * What the failure says of this mail. An answer is believed. Without one it matters how far we were: before the content began
 * nothing can have arrived; afterwards it may have.
 */
function outcomeOf(error: SmtpProblem, phase: Phase): MailOutcome {
  if (error.name === 'ClaimLost') throw error;
  const problem = problemOf(error, phase);
  if (phase === 'connecting' || error.command === 'MAIL FROM') return { kind: 'outage', problem };
  if (error.responseCode) return { kind: error.permanent ? 'refused' : 'deferred', problem };
  if (phase === 'content') return { kind: 'unknown', problem };
  // The library does not even ask for an address that cannot be one.
  return { kind: error.command === 'API' && error.code === 'EENVELOPE' ? 'refused' : 'deferred', problem };
}

/** Codes alone: what servers write beside them often holds the address. */
function problemOf({ code, command, response, responseCode }: SmtpProblem, phase: Phase): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  const said = responseCode ? [responseCode, enhanced].filter(Boolean).join(' ') : (code ?? 'no answer');
  return `${said} at ${command && command !== 'API' && command !== 'CONN' ? command : phase}`;
}
