import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves: nobody else gets ours in the moment before it is opened. */
const range = { first: 29_000, end: 32_700 };

/** A TCP port of loopback that nobody listens on, and that is not `kept` for somebody who will. */
export async function freePort(kept?: number): Promise<number> {
  for (;;) {
    const port = randomInt(range.first, range.end);
    if (port !== kept && (await canListen(port))) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
