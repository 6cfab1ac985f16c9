import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FilesApi } from '../support/files-api.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(30_000);

/** How long a connection is listened to that the server leaves open. */
const LISTENING_MS = 1500;

let server: SharedPortico;
let credentials: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  credentials = Object.entries(server.headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
});
afterAll(() => server.dispose());

/** Everything that comes back when these bytes are sent over one connection, until it ends or nothing comes any more. */
function overTheWire(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let told = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const end = () => {
      socket.destroy();
      resolve(told);
    };
    socket.setTimeout(LISTENING_MS, end);
    socket.on('data', (data) => (told += data.toString('latin1')));
    socket.on('close', end);
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? end() : reject(error)));
  });
}

const statusesIn = (told: string) => [...told.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const groupNamed = (name: string) => JSON.stringify({ data: { type: 'groups', attributes: { name } } });
const groups = async () => (await new FilesApi(server.url, server.headers).get('/groups')).text;

/** A second request that stands in what is the body of the first, as one reader sees it. */
const smuggled = (name: string) => {
  const body = groupNamed(name);
  return `POST /v1/groups HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${credentials}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

describe('A request within a request', () => {
  const first = (headers: string) =>
    `POST /v1/groups HTTP/1.1\r\nHost: a\r\n${credentials}Content-Type: application/json\r\n${headers}\r\n`;
  it.each<[string, (within: string) => string]>([
    [
      'a length and chunks',
      (within) => `${first('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n')}0\r\n\r\n${within}`,
    ],
    [
      'chunks and a length',
      (within) => `${first('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n')}0\r\n\r\n${within}`,
    ],
    ['two lengths', (within) => `${first('Content-Length: 0\r\nContent-Length: 5\r\n')}${within}`],
    ['a list of lengths', (within) => `${first('Content-Length: 0, 5\r\n')}${within}`],
    ['a length with a sign', (within) => `${first('Content-Length: +0\r\n')}${within}`],
    ['a length below zero', (within) => `${first('Content-Length: -1\r\n')}${within}`],
    ['a length in hex', (within) => `${first('Content-Length: 0x0\r\n')}${within}`],
    ['a length beyond all numbers', (within) => `${first('Content-Length: 99999999999999999999999\r\n')}${within}`],
    ['an encoding that there is not', (within) => `${first('Transfer-Encoding: xchunked\r\n')}${within}`],
    [
      'chunks that are not the last encoding',
      (within) => `${first('Transfer-Encoding: chunked, identity\r\n')}0\r\n\r\n${within}`,
    ],
    ['a space before the colon', (within) => `${first('Transfer-Encoding : chunked\r\n')}0\r\n\r\n${within}`],
    [
      'a folded header',
      (within) => `${first('Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n')}0\r\n\r\n${within}`,
    ],
    ['a chunk size that is none', (within) => `${first('Transfer-Encoding: chunked\r\n')}zz\r\n\r\n${within}`],
    [
      'a chunk size beyond all numbers',
      (within) => `${first('Transfer-Encoding: chunked\r\n')}fffffffffffffffff\r\n${within}`,
    ],
    [
      'a chunk longer than it says',
      (within) => `${first('Transfer-Encoding: chunked\r\n')}1\r\nxyz\r\n0\r\n\r\n${within}`,
    ],
    ['lines that end with CR alone', (within) => `${first('X: 1\rTransfer-Encoding: chunked\r\n')}${within}`],
  ])('is not read: %s', async (_says, wrapped) => {
    const name = `Smuggled ${randomUUID()}`;
    const statuses = statusesIn(await overTheWire(wrapped(smuggled(name))));
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(statuses.length).toBeLessThanOrEqual(1);
    expect(await groups()).not.toContain(name);
  });

  it('is read where it is one after the other, so that the cases above prove something', async () => {
    const name = `Pipelined ${randomUUID()}`;
    const told = await overTheWire(`GET /v1/groups HTTP/1.1\r\nHost: a\r\n${credentials}\r\n${smuggled(name)}`);
    expect(statusesIn(told)).toEqual([200, 201]);
    expect(await groups()).toContain(name);
  });
});

describe('What is no request', () => {
  it.each<[string, string]>([
    ['nothing like HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['HTTP of another time', 'GET /v1/files\r\n\r\n'],
    ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method that there is not', 'BREW /v1/files HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no host', 'GET /v1/files HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /v1/files HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
    ['a NUL in a header', 'GET /v1/files HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n'],
    ['a NUL in the address', 'GET /v1/\0files HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a header without a colon', 'GET /v1/files HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n'],
    ['a header of a megabyte', `GET /v1/files HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(1024 ** 2)}\r\n\r\n`],
    ['headers without end', `GET /v1/files HTTP/1.1\r\nHost: a\r\n${'X: 1\r\n'.repeat(50_000)}\r\n`],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'],
    [
      'an expectation that there is not',
      'POST /v1/groups HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\nContent-Length: 1\r\nConnection: close\r\n\r\n',
    ],
  ])('is refused or hung up on: %s', async (_says, bytes) => {
    const told = await overTheWire(Buffer.from(bytes, 'latin1'));
    for (const status of statusesIn(told)) expect([400, 401, 404, 405, 417, 431, 501, 505]).toContain(status);
    expect(told).not.toMatch(/node_modules|\.[jt]s:\d|Error:/);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('an address of another server is one of this server, or nothing', async () => {
    const told = await overTheWire(
      `GET http://169.254.169.254/latest HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n${credentials}\r\n`,
    );
    expect(statusesIn(told)).toEqual([404]);
  });

  it('an upgrade is not taken up', async () => {
    const told = await overTheWire(
      `GET /v1/files HTTP/1.1\r\nHost: a\r\n${credentials}Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
    );
    expect(statusesIn(told)).toEqual([200]);
  });
});

describe('A header that is there twice', () => {
  it('decides nothing in favour of who sent it', async () => {
    const call = (path: string, headers: string) =>
      overTheWire(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`);
    expect(statusesIn(await call('/v1/files', `${credentials}Addepar-Firm: 999999\r\n`))).toEqual([401]);
    expect(statusesIn(await call('/v1/files', `Addepar-Firm: 999999\r\n${credentials}`))).toEqual([401]);
    expect(statusesIn(await call('/v1/files', `Authorization: Bearer made-up\r\n${credentials}`))).toEqual([401]);
    expect(statusesIn(await call('/v1/files', `${credentials}Content-Length: 0\r\nContent-Length: 0\r\n`))).toEqual([
      400,
    ]);
  });
});
