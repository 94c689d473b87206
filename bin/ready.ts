import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `GET /readyz` answers 200. @throws with its last answer, which names what is not ready */
export async function untilReady(
  url: string,
  options: { waitMs: number; signal: AbortSignal },
): Promise<void> {
  const end = Date.now() + options.waitMs;
  let answer = { status: 0, body: '' };
  while (answer.status !== 200) {
    if (Date.now() > end)
      throw new Error(`Not ready after ${options.waitMs / 1000} s: ${answer.body || 'no answer'}`);
    await sleep(50, undefined, { signal: options.signal });
    answer = await ask(`${url}/readyz`);
  }
}

function ask(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error) => resolve({ status: 0, body: error.message }));
  });
}
