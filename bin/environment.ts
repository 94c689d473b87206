import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');
const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** `isms@example.org`, or `Name <isms@example.org>`. */
const senderSchema = z
  .string()
  .regex(/^[^<>\p{Cc}]*<[^<>]+>$|^[^<>\p{Cc}]+$/u)
  .transform((text) => {
    const [, name = '', address = text] = /^(.*)<(.+)>$/.exec(text) ?? [];
    return { name: name.replaceAll('"', '').trim() || 'ISMS', address: address.trim() };
  })
  .refine(({ address }) => z.email().safeParse(address).success);

/** `wiki.intern,10.0.0.5:8443,[fd00::1]`, as the addresses will be written. */
const hostList = z.string().transform((text, context) => {
  const hosts = text.split(',').map((each) => each.trim()).filter((each) => each !== '');
  const unfit = hosts.filter((each) => !/^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*)(:\d{1,5})?$/i.test(each));
  if (unfit.length > 0) context.addIssue({ code: 'custom', message: unfit.join() });
  return hosts.map((each) => each.toLowerCase());
});

const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535)
    .default(8080),
  HOST: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1'),
  ISMS_HOME: z.string().default(path.join(root, '.isms')),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(levels).default('warn'),
  AUTH_SECRET: z.string().min(32).optional(),
  ISMS_TEST_CLOCK_FILE: z.string().optional(),
  ISMS_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/)
    .optional(),
  ISMS_WORKER_METRICS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/)
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: senderSchema.optional(),
  MAIL_REPLY_TO: z.email().optional(),
  MAIL_SECRET: z.string().min(32).optional(),
  SEAL_KEY: z.string().regex(/^-----BEGIN PRIVATE KEY-----/).optional(),
  EVIDENCE_HOSTS: hostList.default([]),
});

type Name = keyof z.input<typeof variables>;

/** What each variable has to be, for the sentence that refuses another value. */
const expected: Record<Name, string> = {
  PORT: 'must be a whole number from 1 to 65535',
  HOST: 'must be a host name or an IP address',
  ISMS_HOME: 'must be a folder',
  DATABASE_URL: 'must be a URL that begins with postgresql://',
  PUBLIC_URL: 'must be a URL that begins with http:// or https://',
  LOG_LEVEL: `must be one of ${levels.join(', ')}`,
  AUTH_SECRET: 'must have at least 32 characters',
  ISMS_TEST_CLOCK_FILE: 'must be a file',
  ISMS_METRICS_TOKEN: 'must have at least 16 visible characters',
  ISMS_WORKER_METRICS: 'must be an address and a port such as 127.0.0.1:9464',
  SMTP_URL: 'must be a URL that begins with smtp:// or smtps://',
  MAIL_FROM: 'must be the sender of mails, such as isms@example.org or "ISMS <isms@example.org>"',
  MAIL_REPLY_TO: 'must be an e-mail address',
  MAIL_SECRET: 'must have at least 32 characters',
  SEAL_KEY: 'must be an Ed25519 private key in PEM, as openssl genpkey -algorithm ed25519 makes one',
  EVIDENCE_HOSTS: 'must be host names or addresses with commas between them, each with a port where only that is meant, such as wiki.intern,10.0.0.5:8443',
};

/** Their values are never shown, and may be in a file that `NAME_FILE` names. */
const secrets: Name[] = ['DATABASE_URL', 'AUTH_SECRET', 'ISMS_METRICS_TOKEN', 'SMTP_URL', 'MAIL_SECRET', 'SEAL_KEY'];

export type Environment = {
  host: string;
  port: number;
  /** Where the API listens, as an address of this machine. */
  listenUrl: string;
  /** Under which people reach it; links in mails begin with it. */
  publicUrl: string;
  /** Folder of data, secrets and logs; absolute. */
  home: string;
  /** Absent: `npm start` brings its own PostgreSQL. */
  databaseUrl?: string;
  authSecret?: string;
  /** Must be sent by whoever scrapes the metrics of the API; without one only this machine may. */
  metricsToken?: string;
  /** Where the worker gives the metrics of the Temporal SDK to Prometheus; without it nowhere. */
  workerMetrics?: string;
  /** Tests alone: how many milliseconds the journal's clock goes ahead. */
  testClockFile?: string;
  /** Null: what people are told stays in the application. */
  mail: MailEnvironment | null;
  /** Signs the links that end mails; generated where it is not given. */
  mailSecret?: string;
  /** Signs the seals of the journal, PEM; generated where it is not given. */
  sealKey?: string;
  /** Hosts of internal networks that evidence may lie on. */
  evidenceHosts: string[];
  logLevel: (typeof levels)[number];
};

export interface MailEnvironment {
  smtpUrl: string;
  from: { name: string; address: string };
  replyTo: string;
}

/** The message is for the person who started the engine: one sentence per variable. */
export class EnvironmentError extends Error {}

/** The environment, parsed once. @throws EnvironmentError */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.keys(expected).map((name) => [name, valueOf(name as Name, source)]);
  const parsed = variables.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new EnvironmentError(parsed.error.issues.map(sentence(source)).join('\n'));
  return environmentOf(parsed.data);
}

function environmentOf(data: z.output<typeof variables>): Environment {
  const listenUrl = `http://${data.HOST.includes(':') ? `[${data.HOST}]` : data.HOST}:${data.PORT}`;
  return {
    host: data.HOST,
    port: data.PORT,
    listenUrl,
    publicUrl: (data.PUBLIC_URL ?? listenUrl).replace(/\/+$/, ''),
    home: path.resolve(data.ISMS_HOME),
    databaseUrl: data.DATABASE_URL,
    authSecret: data.AUTH_SECRET,
    testClockFile: data.ISMS_TEST_CLOCK_FILE,
    metricsToken: data.ISMS_METRICS_TOKEN,
    workerMetrics: data.ISMS_WORKER_METRICS,
    mail: mailOf(data),
    mailSecret: data.MAIL_SECRET,
    sealKey: data.SEAL_KEY,
    evidenceHosts: data.EVIDENCE_HOSTS,
    logLevel: data.LOG_LEVEL,
  };
}

/** @throws EnvironmentError where there is a server and nobody to send in whose name */
function mailOf({ SMTP_URL, MAIL_FROM, MAIL_REPLY_TO }: z.output<typeof variables>): MailEnvironment | null {
  if (SMTP_URL === undefined) return null;
  if (MAIL_FROM === undefined)
    throw new EnvironmentError(`MAIL_FROM ${expected.MAIL_FROM}: SMTP_URL needs it.`);
  const domain = MAIL_FROM.address.slice(MAIL_FROM.address.lastIndexOf('@') + 1);
  return { smtpUrl: SMTP_URL, from: MAIL_FROM, replyTo: MAIL_REPLY_TO ?? `noreply@${domain}` };
}

/** An empty value is no value, as in compose files. */
function valueOf(name: Name, source: NodeJS.ProcessEnv): string | undefined {
  const file = secrets.includes(name) ? source[`${name}_FILE`] : undefined;
  return source[name] || (file ? readSecretFile(name, file) : undefined);
}

function readSecretFile(name: Name, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new EnvironmentError(
      `${name}_FILE names ${file}, which cannot be read: correct the path or its permissions.`,
    );
  }
}

function sentence(source: NodeJS.ProcessEnv) {
  return (issue: z.core.$ZodIssue): string => {
    const name = String(issue.path[0]) as Name;
    const found = secrets.includes(name) ? '' : `, not ${JSON.stringify(source[name])}`;
    return `${name} ${expected[name]}${found}.`;
  };
}

/** For programs: says what is wrong and ends with exit code 2, before anything has started. */
export function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
