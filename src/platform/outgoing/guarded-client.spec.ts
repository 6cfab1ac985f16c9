import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GuardedClient, type GuardedClientOptions, type Resolve } from './guarded-client.js';
import { isPublicAddress } from './public-address.js';

let server: Server;
let port: number;
let connections = 0;
let answer: RequestListener = (_request, response) => response.end('here');
const clients: GuardedClient[] = [];

beforeEach(async () => {
  connections = 0;
  answer = (_request, response) => response.end('here');
  server = createServer((request, response) => answer(request, response)).on('connection', () => connections++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(options: GuardedClientOptions = {}): GuardedClient {
  const made = new GuardedClient(options);
  clients.push(made);
  return made;
}
const local = () => `http://127.0.0.1:${port}`;
const trusting = (options: GuardedClientOptions = {}) => client({ trustedOrigins: new Set([local()]), ...options });
const get = (from: GuardedClient, url: string) => from.send({ method: 'GET', url: new URL(url), headers: {} });
const at =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

describe('Calls to servers that others name', () => {
  it.each([
    ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://127.1/'],
    ...['https://0.0.0.0/', 'https://0/', 'https://10.0.0.1/', 'https://172.16.0.1/', 'https://192.168.1.1/'],
    ...['https://169.254.169.254/latest/meta-data', 'https://100.64.0.1/', 'https://224.0.0.1/', 'https://192.0.2.1/'],
    ...['https://[::1]/', 'https://[::]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:a9fe:a9fe]/'],
    ...['https://[::127.0.0.1]/', 'https://[fe80::1]/', 'https://[fc00::1]/', 'https://[64:ff9b::7f00:1]/'],
    ...['https://[2002:7f00:1::]/', 'https://[2001:db8::1]/', 'https://①②⑦.0.0.1/'],
  ])('do not go to %s', async (url) => {
    await expect(get(client(), url)).rejects.toMatchObject({ kind: 'not_allowed' });
  });

  it.each([
    ...['http://example.com/', 'https://example.com:8443/', 'https://user@example.com/', 'ftp://example.com/'],
    ...[
      'file:///etc/passwd',
      'data:text/plain,x',
      'gopher://example.com/',
      'https://:secret@example.com/',
      'ws://example.com/',
    ],
  ])('do not go to %s, which is not plain https', async (url) => {
    await expect(get(client({ resolve: at('93.184.216.34') }), url)).rejects.toMatchObject({ kind: 'not_allowed' });
  });

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['169.254.169.254'],
    ['10.1.2.3'],
    ['93.184.216.34', '127.0.0.1'],
  ])('do not go to a host that is at %s', async (...addresses) => {
    const asked: string[] = [];
    const resolve: Resolve = (hostname) => {
      asked.push(hostname);
      return at(...addresses)(hostname);
    };
    const calling = get(client({ resolve }), 'https://shop.example/');
    await expect(calling).rejects.toMatchObject({ kind: 'not_allowed', message: expect.stringContaining('public') });
    expect([asked, connections]).toEqual([['shop.example'], 0]);
  });

  it('check the very address that they connect to, at each connection anew', async () => {
    const answers = [at('192.0.2.1'), at('127.0.0.1')]; // what a host says that wants to be inside the second time
    const calls: string[] = [];
    const resolve: Resolve = (hostname) => {
      calls.push(hostname);
      return (answers.shift() ?? at('127.0.0.1'))(hostname);
    };
    const guarded = client({ resolve });
    for (const _ of [1, 2, 3])
      await expect(get(guarded, 'https://rebinding.example/')).rejects.toMatchObject({ kind: 'not_allowed' });
    expect([calls.length, connections]).toEqual([3, 0]);
  });

  it('of a host that is nowhere say so', async () => {
    const nowhere: Resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    await expect(get(client({ resolve: nowhere }), 'https://shop.example/')).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'shop.example could not be reached',
    });
    await expect(get(client({ resolve: at() }), 'https://shop.example/')).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });
});

describe('Calls to a server that the operator has named', () => {
  it('go to plain http on a private address, and nowhere else', async () => {
    expect(await get(trusting(), `${local()}/path`)).toMatchObject({ status: 200, text: 'here' });
    await expect(get(trusting(), `http://localhost:${port}/`)).rejects.toMatchObject({ kind: 'not_allowed' });
  });

  it('send what they are given', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      request.on('data', (piece: Buffer) =>
        seen.push(request.method, request.headers['x-token'], request.headers['user-agent'], piece.toString()),
      );
      request.on('end', () => response.writeHead(429, { 'Retry-After': '7' }).end('slow down'));
    };
    const call = { method: 'POST', url: new URL(local()), headers: { 'X-Token': 'abc' }, body: 'ü' } as const;
    const got = await trusting().send(call);
    expect([got.status, got.headers['retry-after'], got.text]).toEqual([429, '7', 'slow down']);
    expect(seen).toEqual(['POST', 'abc', 'Portico', 'ü']);
  });

  it.each(['http://169.254.169.254/', 'https://example.com/', '/elsewhere'])(
    'follow no redirect to %s',
    async (location) => {
      answer = (_request, response) => response.writeHead(302, { Location: location }).end();
      await expect(get(trusting(), local())).rejects.toMatchObject({ kind: 'redirected' });
      expect(connections).toBe(1);
    },
  );

  it('read no body without end', async () => {
    let sent = 0;
    answer = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent++;
        sent++;
      };
      response.on('drain', more);
      more();
    };
    await expect(get(trusting({ bytes: 1024 ** 2 }), local())).rejects.toMatchObject({ kind: 'too_large' });
    expect(sent).toBeLessThan(1000);
  });

  it.each([
    ['no answer', () => undefined],
    ['half a body', (response: { write(text: string): unknown }) => response.write('half')],
  ])('do not wait for %s', async (_what, begin) => {
    answer = (_request, response) => void begin(response);
    const begun = performance.now();
    await expect(get(trusting({ milliseconds: 200 }), local())).rejects.toMatchObject({ kind: 'too_slow' });
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('do not wait for a body that drips', async () => {
    answer = (_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    await expect(get(trusting({ milliseconds: 300 }), local())).rejects.toMatchObject({ kind: 'too_slow' });
  });

  it('say so when nobody listens', async () => {
    const gone = trusting();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(get(gone, local())).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('use no proxy of the environment', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'];
    for (const name of names) process.env[name] = 'http://127.0.0.1:9';
    try {
      expect(await get(trusting(), local())).toMatchObject({ status: 200 });
    } finally {
      for (const name of names) delete process.env[name];
    }
  });
});

describe('Public addresses', () => {
  it('are those of the Internet', () => {
    for (const address of ['8.8.8.8', '93.184.216.34', '2606:2800:220:1::1', '::ffff:8.8.8.8'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    for (const address of ['', 'example.com', '8.8.8.8.8', '192.88.99.1', '198.18.0.1', '240.0.0.1', '255.255.255.255'])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });
});
