import { type ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { exchange, type RawAnswer } from '../support/raw-http.js';
import { PortalWorld } from '../support/portal-api.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

/** Nothing that is refused for its size or shape may take longer; most of it is waiting for others on the same machine. */
const PATIENCE_MS = 10_000;
const MIB = 1024 ** 2;

interface Face {
  /** Makes one that bears this name. */
  readonly path: string;
  readonly body: (name: string) => string;
  readonly list: string;
  headers: Readonly<Record<string, string>>;
}
const jsonOf = (value: unknown): string => JSON.stringify(value);
const faces: Record<'v1' | 'v2' | 'portal', Face> = {
  v1: {
    path: '/v1/groups',
    body: (name) => `{"data":{"type":"groups","attributes":{"name":${name}}}}`,
    list: '/v1/groups',
    headers: {},
  },
  v2: { path: '/api/v2/clients', body: (name) => `{"name":${name}}`, list: '/api/v2/clients', headers: {} },
  portal: {
    path: '/api/portal/requests',
    body: (name) => `{"title":${name}}`,
    list: '/api/portal/projects',
    headers: {},
  },
};
const FACES = Object.values(faces);

let server: SharedPortico;

beforeAll(async () => {
  server = await SharedPortico.start();
  const made = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
  const world = new PortalWorld(server, (JSON.parse(made.stdout) as { token: string }).token);
  const { id } = await world.client();
  faces.v1.headers = server.headers;
  faces.v2.headers = (await BackOfficeApi.of(server)).headers;
  faces.portal.headers = world.portalOf(id, await world.contact(id)).headers;
});
afterAll(() => server.dispose());

const JSON_TYPE = { 'Content-Type': 'application/json' };
type Write = (request: ClientRequest) => void;

/** The answer, which must come soon, whatever was sent. */
async function answered(
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Buffer | Write,
  method = 'POST',
): Promise<RawAnswer> {
  const begun = performance.now();
  const write = typeof body === 'function' ? body : (request: ClientRequest) => request.end(body);
  const answer = await exchange(server.url, { method, path, headers: { ...JSON_TYPE, ...headers }, write });
  expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
  expect(answer.body.length).toBeLessThan(100_000);
  expect(answer.body).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(|invalid byte sequence/);
  return answer;
}
const sent = ({ path, headers }: Face, body: string | Buffer | Write) => answered(path, headers, body);
const members = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join()}}`;
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const codeOf = ({ body }: RawAnswer) => {
  const told = JSON.parse(body) as { code?: string; errors?: readonly { code?: string }[] };
  return told.code ?? told.errors?.[0]?.code;
};

describe.each(Object.entries(faces))('A JSON body of %s', (_name, face) => {
  it('of more than a megabyte is 413, whether its length is told or not', async () => {
    const body = face.body(jsonOf('x'.repeat(MIB)));
    expect((await sent(face, body)).status).toBe(413);
    const inPieces = await sent(face, (request) => {
      request.setHeader('Transfer-Encoding', 'chunked');
      for (let at = 0; at < body.length; at += 65_536) request.write(body.slice(at, at + 65_536));
      request.end();
    });
    expect(inPieces.status).toBe(413);
  });

  it('of many members, many values or many levels is 400 before it is looked at', async () => {
    expect(codeOf(await sent(face, members(70_000)))).toBe('too_many_members');
    expect(codeOf(await sent(face, face.body(`[${'0,'.repeat(400_000)}0]`)))).toBe('too_many_members');
    expect(codeOf(await sent(face, nested(150_000, '{"a":', '}')))).toBe('too_deep');
    expect(codeOf(await sent(face, nested(500_000, '[', ']')))).toBe('invalid_body');
    expect((await sent(face, face.body(nested(1000, '[', ']')))).status).toBe(400);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with the member %s, which every object has, is 400 and spoils nothing',
    async (name) => {
      for (const value of ['{"isAdmin":true}', '{"prototype":{"isAdmin":true}}', '1'])
        expect((await sent(face, `{"${name}":${value},${face.body('"x"').slice(1)}`)).status).toBe(400);
      expect((await sent(face, face.body(`{"${name}":{"isAdmin":true}}`))).status).toBe(400);
      const { status } = await answered(face.list, face.headers, undefined, 'GET');
      expect(status).toBe(200);
    },
  );

  it('with text that is none is 400: NUL, half a character, bytes that are no UTF-8', async () => {
    for (const text of ['"a\\u0000b"', '"\\ud800"', '"a\\udfffb"', '"\\ud83dx"'])
      expect((await sent(face, face.body(text))).status).toBe(400);
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
      const [head = '', tail = ''] = face.body('"a~b"').split('~');
      const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(tail)]);
      expect(codeOf(await sent(face, body))).toBe('invalid_json');
    }
  });

  it.each(['1e999', '-1e999', `1${'0'.repeat(500)}`, 'NaN', 'Infinity', '0x10', '1e-999', 'true', 'null', '[]', '{}'])(
    'with %s where a name belongs is 400',
    async (value) => {
      expect((await sent(face, face.body(value))).status).toBe(400);
    },
  );

  it('with a name of any length is 400, not cut off', async () => {
    for (const length of [2000, 100_000, 900_000])
      expect((await sent(face, face.body(jsonOf('x'.repeat(length))))).status).toBe(400);
  });

  it('counts as its last word where a member is there twice', async () => {
    const [first, second] = ['"First"', '"Second"'];
    const { status, body } = await sent(
      face,
      face.body(`${first},${/"\w+":(?=~)/.exec(face.body('~'))?.[0]}${second}`),
    );
    expect(status).toBe(201);
    expect(body).not.toContain('First');
  });

  it('that is shorter than it says is an incomplete request, and leaves nothing behind', async () => {
    const body = face.body('"Never finished"');
    const gone = sent(face, (request) => {
      request.setHeader('Content-Length', String(body.length + 10));
      request.write(body, () => setTimeout(() => request.destroy(), 50));
    });
    await expect(gone).rejects.toThrow();
    const { body: list } = await answered(face.list, face.headers, undefined, 'GET');
    expect(list).not.toContain('Never finished');
  });
});

describe('A body of somebody who has not said who they are', () => {
  it('is small, and looked at no further', async () => {
    for (const path of ['/api/v2/signin', '/api/v2/refresh']) {
      expect((await answered(path, {}, jsonOf({ email: 'x'.repeat(17_000) }))).status).toBe(413);
      expect(codeOf(await answered(path, {}, members(1500)))).toBe('too_many_members');
      expect(codeOf(await answered(path, {}, nested(2000, '{"a":', '}')))).toBe('too_deep');
    }
    for (const { path } of FACES) expect((await answered(path, {}, 'x'.repeat(2 * MIB))).status).toBe(401);
  });

  it('is read by the token endpoint up to a limit too', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await answered('/oauth2/token', form, `grant_type=x&a=${'x'.repeat(2 * MIB)}`)).status).toBe(400);
    expect(
      (await answered('/oauth2/token', form, `${'a[b]'.repeat(10_000)}=1&${'k=1&'.repeat(5000)}`)).status,
    ).toBeLessThan(500);
  });
});

describe('Rows', () => {
  it('of more than sixteen megabytes are 413; of many wrong ones a hundred faults are told', async () => {
    const { headers } = faces.v2;
    expect((await answered('/api/v2/clients', headers, `[${jsonOf('x'.repeat(17 * MIB))}]`, 'PUT')).status).toBe(413);
    const answer = await answered('/api/v2/clients', headers, `[${Array(1000).fill(members(300)).join()}]`, 'PUT');
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.body) as { errors: unknown[] }).errors).toHaveLength(100);
    expect((await answered('/api/v2/clients', headers, `[${Array(1001).fill('{}').join()}]`, 'PUT')).status).toBe(400);
  });
});

describe('A query', () => {
  it.each([
    '?a[b][c][d]=1',
    `?${'a'}${'[b]'.repeat(4000)}=1`,
    `?${'a=1&'.repeat(3000)}`,
    '?__proto__[x]=1',
    '?constructor=1',
    '?%00=1',
  ])('of any depth and number is read flat: %.30s', async (query) => {
    for (const { list, headers } of FACES)
      expect((await answered(`${list}${query}`, headers, undefined, 'GET')).status).toBeLessThan(500);
  });

  it.each(['%00', 'a%00b', '%ED%A0%80', '%FF', '%C0%80', '9'.repeat(3000), '-1', '1e9', "'--"])(
    'with %.20s in its values is read or refused, never 500',
    async (value) => {
      for (const path of [
        '/v1/entities?page[after]=',
        '/v1/files?filter[files][createdAfter]=',
        '/v1/files?filter[files][entityId]=',
      ])
        expect((await answered(`${path}${value}`, faces.v1.headers, undefined, 'GET')).status).toBe(400);
      for (const path of [
        '/api/v2/clients?filter[name]=',
        '/api/v2/projects?filter[clientId]=',
        '/api/v2/clients?offset=',
      ])
        expect([200, 400]).toContain((await answered(`${path}${value}`, faces.v2.headers, undefined, 'GET')).status);
      for (const path of ['/api/portal/invoices?limit=', '/api/portal/notes?resourceId=', '/api/portal/files?after='])
        expect([200, 400]).toContain(
          (await answered(`${path}${value}`, faces.portal.headers, undefined, 'GET')).status,
        );
    },
  );
});

describe('A path', () => {
  it.each(['%00', 'a%00', '%ED%A0%80', '%FF', '9'.repeat(3000), '..%2f..%2fetc', '%2e%2e', '1%0d%0aX-Planted:%201'])(
    'with %.30s for an id names nothing',
    async (id) => {
      for (const [{ headers }, base] of [
        [faces.v1, '/v1/files'],
        [faces.v2, '/api/v2/invoices'],
        [faces.portal, '/api/portal/projects'],
      ] as const) {
        const answer = await answered(`${base}/${id}`, headers, undefined, 'GET');
        expect([400, 404]).toContain(answer.status);
        expect(answer.headers['x-planted']).toBeUndefined();
      }
    },
  );
});

describe('Headers', () => {
  it('of more than 16 kilobytes, an address of that length too, are 431', async () => {
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`X-Header-${at}`, 'x'.repeat(20)]));
    for (const { list, headers } of FACES) {
      expect((await exchange(server.url, { path: list, headers: { ...headers, ...many } })).status).toBe(431);
      expect((await exchange(server.url, { path: `${list}?${'x'.repeat(20_000)}`, headers })).status).toBe(431);
    }
  });

  it.each([
    ['Idempotency-Key', 'x'.repeat(5000)],
    ['If-Match', `"${'x'.repeat(5000)}"`],
    ['Accept-Language', `${'de,'.repeat(2500)}ja`],
    ['Range', `bytes=${'0-1,'.repeat(2000)}0-1`],
    ['Content-Type', `application/json; ${'a=b; '.repeat(2000)}`],
    ['X-Portal-Group-Company-Ids', '1,'.repeat(4000)],
    ['Addepar-Firm', '9'.repeat(5000)],
    ['Authorization', `Bearer ${'x'.repeat(12_000)}`],
    ['Authorization', `Bearer eyJ${'a'.repeat(5000)}.${'a'.repeat(5000)}.`],
    ['Authorization', `Basic ${'é'.repeat(2000)}`],
  ])('%s of any length is read or refused, never 500', async (name, value) => {
    for (const face of FACES) {
      const body = face.body(jsonOf('With a header'));
      const { status } = await answered(
        face.path,
        { ...face.headers, [name]: Buffer.from(value).toString('latin1') },
        body,
      );
      expect(status).toBeLessThan(500);
    }
  });
});
