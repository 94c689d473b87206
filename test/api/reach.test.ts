import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_BYTES } from '../../api/evidence-links/ask.ts';
import { isPublicAddress } from '../../api/evidence-links/public-address.ts';
import { createReach } from '../../api/evidence-links/reach.ts';

/** Real servers on loopback: an inside that was allowed by name, and one that was not. */
let wiki: Server;
let secret: Server;
let port: number;
let secretPort: number;
const seen: string[] = [];
let secretSeen = 0;

const page = 'Restore test of 3 November: passed';
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

const paths: Record<string, RequestListener> = {
  '/page': (_request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
  '/empty': (_request, response) => response.writeHead(200).end(),
  '/sign-in': (_request, response) => response.writeHead(401).end('who are you'),
  '/no-head': (request, response) => (request.method === 'HEAD' ? request.socket.destroy() : response.end(page)),
  '/no-head-405': (request, response) => (request.method === 'HEAD' ? response.writeHead(405).end() : response.end(page)),
  '/ranges': (request, response) =>
    response.writeHead(206, { 'content-range': `bytes 0-9/${page.length}` }).end(request.headers.range === `bytes=0-${FIRST_BYTES - 1}` ? page.slice(0, 10) : ''),
  '/big': (request, response) => (request.method === 'HEAD' ? response.end() : pour(response)),
  '/never': () => undefined,
  '/drips': (_request, response) => void response.writeHead(200).write('a'),
  '/moved': (_request, response) => response.writeHead(302, { location: '/page' }).end(),
  '/loop': (_request, response) => response.writeHead(307, { location: '/loop' }).end(),
  '/to-secret': (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${secretPort}/` }).end(),
  '/to-metadata': (_request, response) => response.writeHead(301, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-mapped': (_request, response) => response.writeHead(308, { location: `http://[::ffff:7f00:1]:${secretPort}/` }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-password': (_request, response) => response.writeHead(302, { location: `http://a:b@127.0.0.1:${port}/page` }).end(),
};

function pour(response: Parameters<RequestListener>[1]): void {
  const more = () => void response.write(Buffer.alloc(65_536, 'x'));
  response.writeHead(200).on('drain', more);
  more();
}

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  wiki = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.host} ${request.url}`);
    (paths[request.url!] ?? ((_request, other) => other.writeHead(404).end('nothing')))(request, response);
  });
  secret = createServer((_request, response) => {
    secretSeen += 1;
    response.end('secret');
  });
  [port, secretPort] = [await listen(wiki), await listen(secret)];
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  for (const server of [wiki, secret]) {
    server.closeAllConnections();
    server.close();
  }
});

const allowing = (settings: Partial<Parameters<typeof createReach>[0]> = {}) => createReach({ allowedHosts: [`127.0.0.1:${port}`], timeoutMs: 600, ...settings });
const at = (path: string) => `http://127.0.0.1:${port}${path}`;

describe('an address that is there', () => {
  it('is asked with HEAD and for its first bytes, and what was found is kept', async () => {
    expect(await allowing()(at('/page'))).toEqual({
      ...{ reached: true, finalUrl: at('/page'), status: 200, mediaType: 'text/html' },
      ...{ contentSha256: sha256(page), bytes: page.length, whole: true },
    });
    expect(seen).toEqual([`HEAD 127.0.0.1:${port} /page`, `GET 127.0.0.1:${port} /page`]);
  });

  it.each(['/no-head', '/no-head-405'])('may know no HEAD: %s', async (path) => {
    expect(await allowing()(at(path))).toMatchObject({ reached: true, contentSha256: sha256(page) });
  });

  it('is followed to where it has moved', async () => {
    expect(await allowing()(at('/moved'))).toMatchObject({ reached: true, finalUrl: at('/page') });
  });

  it('is read no further than the first bytes, whether it knows ranges or not', async () => {
    expect(await allowing()(at('/big'))).toMatchObject({ reached: true, bytes: FIRST_BYTES, whole: false, contentSha256: sha256(Buffer.alloc(FIRST_BYTES, 'x')) });
    expect(await allowing()(at('/ranges'))).toMatchObject({ reached: true, status: 206, bytes: 10, whole: false });
  });
});

describe('an address that is no evidence', () => {
  it.each([
    ['/nothing', 'STATUS'],
    ['/sign-in', 'STATUS'],
    ['/empty', 'EMPTY'],
    ['/never', 'TIMEOUT'],
    ['/drips', 'TIMEOUT'],
    ['/loop', 'REDIRECTS'],
    ['/to-file', 'SCHEME'],
    ['/to-password', 'CREDENTIALS'],
    ['/to-secret', 'NOT_PUBLIC'],
    ['/to-metadata', 'NOT_PUBLIC'],
    ['/to-mapped', 'NOT_PUBLIC'],
  ])('%s is refused: %s', async (path, why) => {
    expect(await allowing()(at(path))).toEqual({ reached: false, why });
    expect(secretSeen).toBe(0);
  });

  it.each([
    ['ftp://example.org/x', 'SCHEME'],
    ['file:///etc/passwd', 'SCHEME'],
    ['not an address', 'SCHEME'],
    ['http://anna:geheim@example.org/', 'CREDENTIALS'],
  ])('%s is refused without asking anybody', async (url, why) => {
    const resolve = () => Promise.reject(new Error('nobody asks'));
    expect(await createReach({ allowedHosts: [], resolve })(url)).toEqual({ reached: false, why });
  });

  it('may be a port on which nothing, or no TLS, answers', async () => {
    expect(await allowing()(`https://127.0.0.1:${port}/page`)).toEqual({ reached: false, why: 'TLS' });
    expect(await createReach({ allowedHosts: ['127.0.0.1'] })('http://127.0.0.1:1/')).toEqual({ reached: false, why: 'NO_ANSWER' });
  });
});

describe('the inside of the organisation', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.1:PORT/',
    'http://017700000001:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[0:0:0:0:0:0:0:1]:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
  ])('is not reached by %s', async (url) => {
    const answer = await createReach({ allowedHosts: ['wiki.intern'], timeoutMs: 600 })(url.replace('PORT', String(secretPort)));
    expect(answer).toEqual({ reached: false, why: 'NOT_PUBLIC' });
    expect(secretSeen).toBe(0);
  });

  it('is not reached by a name that leads there, in whole or in part', async () => {
    for (const addresses of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1'], ['::ffff:10.0.0.1']]) {
      const reach = createReach({ allowedHosts: [], resolve: async () => addresses });
      expect(await reach(`http://public.example:${secretPort}/`)).toEqual({ reached: false, why: 'NOT_PUBLIC' });
    }
    expect(secretSeen).toBe(0);
  });

  it('is reached where the operator has named the host, and no other port where he has named one', async () => {
    const byName = createReach({ allowedHosts: ['localhost'] });
    expect(await byName(`http://localhost:${port}/page`)).toMatchObject({ reached: true });
    expect(await allowing()(`http://127.0.0.1:${secretPort}/`)).toEqual({ reached: false, why: 'NOT_PUBLIC' });
  });
});

describe('a name', () => {
  it('is looked up once, and the connection goes where it led then', async () => {
    let asked = 0;
    const resolve = async () => [asked++ === 0 ? '127.0.0.1' : '192.0.2.1'];
    const reach = createReach({ allowedHosts: [`wiki.example:${port}`], resolve });
    expect(await reach(`http://wiki.example:${port}/moved`)).toMatchObject({ reached: true, finalUrl: `http://wiki.example:${port}/page` });
    expect(asked).toBe(1);
    expect(seen.every((line) => line.includes(` wiki.example:${port} `))).toBe(true);
  });

  it('that leads nowhere is refused, and so is a name server that does not answer', async () => {
    const unknown = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    expect(await createReach({ allowedHosts: [], resolve: unknown })('http://nowhere.example/')).toEqual({ reached: false, why: 'UNKNOWN_HOST' });
    expect(await createReach({ allowedHosts: [], resolve: async () => [] })('http://nowhere.example/')).toEqual({ reached: false, why: 'UNKNOWN_HOST' });
    const silent = () => new Promise<string[]>(() => undefined);
    expect(await createReach({ allowedHosts: [], resolve: silent, timeoutMs: 50 })('http://nowhere.example/')).toEqual({ reached: false, why: 'TIMEOUT' });
  });
});

describe('addresses', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(['', 'localhost', '1.2.3', '::ffff:8.8.8.8', '2001:db8::1', '3fff::1', '192.0.2.1', 'ff02::1'])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
