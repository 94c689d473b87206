import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

/** What the server does with a recipient; a function decides anew at every attempt (from 1). */
export type Behaviour =
  | 'accept'
  | { rcpt: number }
  | { data: number }
  /** The connection goes: when the recipient is named, within the content, or after the message was taken. */
  | { drop: 'rcpt' | 'content' | 'taken' }
  | { delayMs: number };

/** A real SMTP server on loopback that misbehaves as it is told. */
export interface LoopbackSmtp {
  url: string;
  /** Every message it took, in the order it took them; also those whose taking it never confirmed. */
  taken: { to: string; messageId: string; mail: ParsedMail }[];
  behave(address: string, how: Behaviour | ((attempt: number) => Behaviour)): void;
  /** Reply code to every sender and every sign-in, or null. */
  refuseUs: number | null;
  /** Attempts per recipient. */
  attempts: Map<string, number>;
  /** Ends as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export async function startLoopbackSmtp(): Promise<LoopbackSmtp> {
  const behaviours = new Map<string, Behaviour | ((attempt: number) => Behaviour)>();
  const attempts = new Map<string, number>();
  const taken: LoopbackSmtp['taken'] = [];
  let server: SMTPServer | undefined;
  let port = 0;

  const now = (to: string): Behaviour => {
    const how = behaviours.get(to) ?? 'accept';
    return typeof how === 'function' ? how(attempts.get(to) ?? 0) : how;
  };
  const us: Pick<LoopbackSmtp, 'refuseUs'> = { refuseUs: null };
  const refusal = () => (us.refuseUs === null ? null : answer(us.refuseUs));
  const create = () =>
    new SMTPServer({
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, callback) => callback(refusal(), { user: username }),
      onMailFrom: (_address, _session, callback) => callback(refusal()),
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], closeTimeout: 50, logger: false },
      onRcptTo(address, session, callback) {
        const to = address.address;
        attempts.set(to, (attempts.get(to) ?? 0) + 1);
        const how = now(to);
        if (is(how, 'rcpt')) return callback(answer(how.rcpt));
        if (is(how, 'drop') && how.drop === 'rcpt') return drop(server!, session);
        callback();
      },
      async onData(stream, session, callback) {
        const how = now(recipientOf(session));
        const content: Buffer[] = [];
        try {
          for await (const chunk of stream) content.push(chunk as Buffer);
        } catch {
          return; // whoever sent it has gone
        }
        if (is(how, 'drop') && how.drop === 'content') return drop(server!, session);
        if (is(how, 'delayMs')) await sleep(how.delayMs);
        if (is(how, 'data')) return callback(answer(how.data));
        const mail = await simpleParser(Buffer.concat(content));
        taken.push({ to: recipientOf(session), messageId: mail.messageId ?? '', mail });
        if (is(how, 'drop')) return drop(server!, session);
        callback();
      },
    });

  const start = async () => {
    server = create();
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => void server!.listen(port, '127.0.0.1', resolve));
    port = (server.server.address() as AddressInfo).port;
  };
  const kill = async () => {
    const closed = new Promise<void>((resolve) => server!.server.close(() => resolve()));
    for (const connection of connectionsOf(server!)) connection._socket.destroy();
    await closed;
  };
  await start();
  return Object.assign(us, {
    ...{ url: `smtp://127.0.0.1:${port}`, taken, attempts, kill, start },
    behave: (address: string, how: Behaviour | ((attempt: number) => Behaviour)) =>
      void behaviours.set(address, how),
  });
}

function is<K extends 'rcpt' | 'data' | 'drop' | 'delayMs'>(
  how: Behaviour,
  key: K,
): how is Extract<Behaviour, Record<K, unknown>> {
  return typeof how === 'object' && key in how;
}

function recipientOf({ envelope }: SMTPServerSession): string {
  return envelope.rcptTo[0]?.address ?? '';
}

function answer(responseCode: number): Error {
  return Object.assign(new Error(responseCode < 500 ? 'try again later' : 'no such mailbox'), {
    responseCode,
  });
}

interface Connection {
  id: string;
  _socket: Socket;
}

function connectionsOf(server: SMTPServer): Connection[] {
  return [...(server as unknown as { connections: Set<Connection> }).connections];
}

function drop(server: SMTPServer, { id }: SMTPServerSession): void {
  connectionsOf(server)
    .find((connection) => connection.id === id)
    ?._socket.destroy();
}
