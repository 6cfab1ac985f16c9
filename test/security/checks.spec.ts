import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { expectRefusal, expectStatus, FilesApi } from '../support/files-api.js';
import { Operator } from '../support/operator.js';
import { PortalWorld } from '../support/portal-api.js';
import { exchange } from '../support/raw-http.js';
import { SharedPortico } from '../support/shared-portico.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let server: SharedPortico;
let portalToken: string;
let world: PortalWorld;

beforeAll(async () => {
  server = await SharedPortico.start();
  const made = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
  portalToken = (JSON.parse(made.stdout) as { token: string }).token;
  world = new PortalWorld(server, portalToken);
});
afterAll(() => server.dispose());

interface Line {
  readonly time: string;
  readonly status: number;
  readonly [member: string]: unknown;
}
const lineOf = (requestId: string) =>
  until('the line of the request', () => {
    const line = server.output.split('\n').find((one) => one.includes(`"requestId":"${requestId}"`));
    return line === undefined ? undefined : (JSON.parse(line) as Line);
  });

describe('Credentials in an address', () => {
  it.each(['access_token', 'token', 'api_key', 'Authorization', 'bearer'])('open nothing: ?%s=…', async (name) => {
    const { accessToken } = await sessionOf();
    for (const [path, secret] of [
      ['/v1/files', server.credentials.secret],
      ['/api/v2/clients', accessToken],
      ['/api/portal/files', portalToken],
    ] as const) {
      const { status } = await exchange(server.url, {
        path: `${path}?${name}=${encodeURIComponent(secret)}`,
        headers: {},
      });
      expect(status).toBe(401);
    }
  });

  const sessionOf = async () => {
    const { headers } = await BackOfficeApi.of(server);
    return { accessToken: headers['Authorization']?.split(' ')[1] ?? '' };
  };

  it('are not in links that answers give out', async () => {
    const files = new FilesApi(server.url, server.headers);
    await files.create('linked.txt');
    const { text } = await files.get('/files');
    for (const secret of [server.credentials.secret, server.credentials.key]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/token|signature|secret/i);
  });
});

describe('A refusal for lack of rights', () => {
  it('is in the log, with who, whence, what and when in UTC', async () => {
    const operator = new Operator(server);
    const key = await operator.apiKey(await operator.user({ permissions: ['api_access'] }));
    const api = new FilesApi(server.url, {
      Authorization: `Basic ${btoa(`${key.key}:${key.secret}`)}`,
      'Addepar-Firm': server.credentials.firmId,
    });
    const id = randomUUID();
    expectRefusal(await api.get('/files').set('X-Request-Id', id), 403);
    const line = await lineOf(id);
    expect(line).toMatchObject({
      ...{ method: 'GET', url: '/api/v1/files', status: 403, credential: key.key, firmId: server.credentials.firmId },
      ...{ userId: expect.stringMatching(/^\d+$/), address: expect.stringMatching(/127\.0\.0\.1$/) },
    });
    expect(line.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('is in the log for lack of good credentials too', async () => {
    const id = randomUUID();
    const headers = { Authorization: 'Bearer made-up', 'X-Request-Id': id };
    expect((await exchange(server.url, { path: '/api/portal/files', headers })).status).toBe(401);
    expect(await lineOf(id)).toMatchObject({ status: 401, url: '/api/portal/files', address: expect.any(String) });
  });
});

describe('What a caller can not set of a record', () => {
  it.each([
    ['v1', 'bytes', 5],
    ['v1', 'content_type', 'text/html'],
    ['v1', 'created_at', '2020-01-01T00:00:00Z'],
    ['v1', 'sha256', '0'.repeat(64)],
    ['v1', 'firm_id', '1'],
  ])('of a file: %s %s', async (_face, name, value) => {
    const files = new FilesApi(server.url, server.headers);
    const { id } = await files.create('kept.txt');
    const before = (await files.get(`/files/${id}`)).text;
    const data = { type: 'files', id, attributes: { [name]: value } };
    expectRefusal(await files.sendData('patch', `/files/${id}`, data), 400);
    expect((await files.get(`/files/${id}`)).text).toBe(before);
  });

  it.each(['id', 'firmId', 'createdAt', 'entityId', 'modifiedAt', 'isAdmin'])('of a client: %s', async (name) => {
    const office = await BackOfficeApi.of(server);
    const { id } = await office.create('/clients', { name: 'Kept' });
    const { status } = await office.send('patch', `/clients/${id}`, { [name]: '1' });
    expect(status).toBe(400);
  });
});

describe('A contact whose access is revoked', () => {
  it('is shut out with the next call: lists, single files and downloads', async () => {
    const { id: company } = await world.client();
    const contact = await world.contact(company);
    const portal = world.portalOf(company, contact);
    const file = await world.published('shared.txt', [contact]);
    expectStatus(await portal.get(`/files/${file}/download`), 200);
    expectStatus(await world.people.revoke(contact), 204);
    for (const path of ['/files', `/files/${file}`, `/files/${file}/download`])
      expectStatus(await portal.get(path), 403);
  });
});

describe('A file that pretends', () => {
  const ZIP_BOMB_HEAD = Buffer.from([0x50, 0x4b, 0x03, 0x04, ...Array<number>(64).fill(0xff)]);
  // what Directus and others decode before they look: 65,535 pixels square
  const PIXEL_FLOOD = Buffer.from('89504e470d0a1a0a0000000d494844520000ffff0000ffff0802000000', 'hex');
  it.each([
    ['an archive that would fill the disk', 'bomb.zip', ZIP_BOMB_HEAD],
    ['an archive in an archive', 'nested.docx', Buffer.concat([ZIP_BOMB_HEAD, ZIP_BOMB_HEAD])],
    ['an image that would fill the memory', 'flood.png', PIXEL_FLOOD],
    ['a program called a paper', 'paper.pdf.exe', Buffer.from('MZ\x90\x00')],
    ['a paper that is a page as well', 'paper.pdf', Buffer.from('%PDF-1.7\n<html><script>alert(1)</script></html>')],
  ])('is kept and given back as the bytes that it is, opened nowhere: %s', async (_says, name, content) => {
    const files = new FilesApi(server.url, server.headers);
    const { id, attributes } = await files.create(name, content);
    expect(attributes).toMatchObject({ name, bytes: content.length });
    const answer = await files.get(`/files/${id}/download`).responseType('blob');
    expect(answer.headers['content-type']).toBe('application/binary');
    expect(Buffer.compare(answer.body as Buffer, content)).toBe(0);
  });
});
