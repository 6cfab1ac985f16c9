import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { ClientFilesApi } from '../support/client-files-api.js';
import { FilesApi } from '../support/files-api.js';
import { PortalWorld } from '../support/portal-api.js';
import { exchange } from '../support/raw-http.js';
import { SharedPortico } from '../support/shared-portico.js';

jest.setTimeout(60_000);

const PATIENCE_MS = 10_000;
const BOUNDARY = 'corpus';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

interface Door {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What tells whether anything was kept. */
  readonly list: string;
  /** Parts without which it takes nothing. */
  readonly needed?: string;
}
let server: SharedPortico;
const doors: Record<string, Door> = {};

beforeAll(async () => {
  server = await SharedPortico.start();
  const made = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
  const world = new PortalWorld(server, (JSON.parse(made.stdout) as { token: string }).token);
  const { id } = await world.client();
  const office = await BackOfficeApi.of(server);
  const client = await ClientFilesApi.of(office);
  const ofClient = `/api/v2${client.path}/files`;
  doors['v1'] = { path: '/v1/files', headers: server.headers, list: '/v1/files' };
  doors['v2'] = { path: ofClient, headers: office.headers, list: ofClient, needed: part('name="caption"', 'a.txt') };
  doors['portal'] = {
    path: '/api/portal/files',
    headers: world.portalOf(id, await world.contact(id)).headers,
    list: '/api/portal/files',
  };
});
afterAll(() => server.dispose());

const head = (headers: string) => `--${BOUNDARY}\r\n${headers}\r\n\r\n`;
const disposition = (parameters: string) => `Content-Disposition: form-data; ${parameters}`;
const part = (parameters: string, content = 'bytes', more = '') =>
  `${head(disposition(parameters) + more)}${content}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const FILE = part('name="file"; filename="a.txt"');

const CORPUS: [string, string | Buffer, string?][] = [
  ['no boundary in the type', FILE + END, 'multipart/form-data'],
  ['an empty boundary', FILE + END, 'multipart/form-data; boundary='],
  ['another boundary than the body’s', FILE + END, 'multipart/form-data; boundary=other'],
  ['a boundary of a kilobyte', FILE + END, `multipart/form-data; boundary=${'b'.repeat(1000)}`],
  ['nothing at all', ''],
  ['the end alone', END],
  ['a beginning without an end', FILE],
  ['an end in the middle of a part', FILE.slice(0, -4)],
  ['headers without an end', `--${BOUNDARY}\r\n${disposition('name="file"; filename="a.txt"')}`],
  ['text before the first part alone', `text\r\n${END}`],
  ['a part without headers', `--${BOUNDARY}\r\n\r\nbytes\r\n${END}`],
  ['a part without a disposition', head('Content-Type: text/plain') + `bytes\r\n${END}`],
  [
    'a disposition of another kind',
    head('Content-Disposition: attachment; name="file"; filename="a.txt"') + `bytes\r\n${END}`,
  ],
  ['a part without a name', part('filename="a.txt"') + END],
  ['a header without a colon', head(`nonsense\r\n${disposition('name="file"; filename="a.txt"')}`) + `bytes\r\n${END}`],
  [
    'ten thousand headers in a part',
    part('name="file"; filename="a.txt"', 'bytes', '\r\nX-Header: 1'.repeat(10_000)) + END,
  ],
  [
    'a header of a megabyte in a part',
    part('name="file"; filename="a.txt"', 'bytes', `\r\nX: ${'x'.repeat(1024 ** 2)}`) + END,
  ],
  ['a name of a hundred kilobytes', part(`name="${'n'.repeat(100_000)}"`) + END],
  ['a file name of a hundred kilobytes', part(`name="file"; filename="${'n'.repeat(100_000)}.txt"`) + END],
  ['three thousand parts', part('name="x"').repeat(3000) + END],
  ['three thousand empty parts', `--${BOUNDARY}\r\n\r\n\r\n`.repeat(3000) + END],
  ['three thousand files', FILE.repeat(3000) + END],
  ['a part __proto__', part('name="__proto__"', '{"isAdmin":true}') + FILE + END],
  ['a part __proto__[isAdmin]', part('name="__proto__[isAdmin]"', '1') + FILE + END],
  ['a part constructor[prototype][isAdmin]', part('name="constructor[prototype][isAdmin]"', '1') + FILE + END],
  ['a part toString', part('name="toString"', '1') + FILE + END],
  ['a part of any depth', part(`name="a${'[b]'.repeat(30)}"`, '1') + FILE + END],
  ['a file name with a NUL', part('name="file"; filename="a\0.txt"') + END],
  ['a file name with a line break in it', part('name="file"; filename="a\nb.txt"') + END],
  ['a file name that leads out', part('name="file"; filename="../../a.txt"') + END],
  ['a file name that leads out the other way', part('name="file"; filename="..\\\\a.txt"') + END],
  ['a file name that is no UTF-8', Buffer.from(part('name="file"; filename="\xff\xfe.txt"') + END, 'latin1')],
  ['a file name in a charset that there is not', part('name="file"; filename*=nonsense\'\'a%FF.txt') + END],
  [
    'parts in a part',
    part(
      'name="file"',
      `--inner\r\n${disposition('name="x"')}\r\n\r\n1\r\n--inner--`,
      '\r\nContent-Type: multipart/mixed; boundary=inner',
    ) + END,
  ],
  ['lines that end with LF alone', (FILE + END).replaceAll('\r\n', '\n')],
  ['lines that end with CR alone', (FILE + END).replaceAll('\r\n', '\r')],
  ['dashes alone', '-'.repeat(100_000)],
  ['half boundaries', `\r\n--${BOUNDARY.slice(0, -1)}`.repeat(10_000)],
  ['noise', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256))],
];

describe.each(['v1', 'v2', 'portal'])('A body of parts for %s', (name) => {
  let before: string;
  const listed = async () => {
    const { list, headers } = doors[name] as Door;
    return (await exchange(server.url, { path: list, headers })).body;
  };

  beforeAll(async () => {
    await new FilesApi(server.url, server.headers).create('kept.txt');
    before = await listed();
  });

  it.each(CORPUS)(
    'that is none is refused at once, and nothing of it remains: %s',
    async (_says, body, type = TYPE) => {
      const { path, headers, needed = '' } = doors[name] as Door;
      const begun = performance.now();
      const answer = await exchange(server.url, {
        ...{ method: 'POST', path, headers: { ...headers, 'Content-Type': type } },
        write: (request) => request.end(Buffer.concat([Buffer.from(needed), Buffer.from(body)])),
      });
      expect([400, 413, 415]).toContain(answer.status);
      expect(answer.body).not.toMatch(/node_modules|\.[jt]s:\d|\bat \w+ \(/);
      expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
    },
  );

  it('and after all of them the list is as it was, and a good one is taken', async () => {
    expect(await listed()).toBe(before);
    const { path, headers, needed = '' } = doors[name] as Door;
    const good = { method: 'POST', path, headers: { ...headers, 'Content-Type': TYPE } };
    const { status } = await exchange(server.url, { ...good, write: (request) => request.end(needed + FILE + END) });
    expect(status).toBe(201);
  });
});
