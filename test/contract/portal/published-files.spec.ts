import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus, INSTANT } from '../../support/files-api.js';
import { type Client, expectPortalRefusal, type PortalApi, PortalWorld } from '../../support/portal-api.js';
import { PorticoServer } from '../../support/portico-server.js';

jest.setTimeout(60_000);

const TOKEN = 'portal-token-of-published-files';
const PREFETCHES: Record<string, string>[] = [
  { 'Sec-Purpose': 'prefetch;prerender' },
  { Purpose: 'prefetch' },
  { 'X-Purpose': 'preview' },
  { 'X-Moz': 'prefetch' },
];

let server: PorticoServer;
let world: PortalWorld;
let client: Client;
let contact: string;
let portal: PortalApi;

beforeAll(async () => {
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN } });
  world = new PortalWorld(server, TOKEN);
  client = await world.client();
  contact = await world.contact(client.id);
  portal = world.portalOf(client.id, contact);
});
afterAll(() => server.dispose());

/** Somebody for whom nothing is published yet. */
const another = async (): Promise<[string, PortalApi]> => {
  const id = await world.contact(client.id);
  return [id, world.portalOf(client.id, id)];
};

describe('GET /api/portal/files', () => {
  it('lists what is published to the user, the newest publications first', async () => {
    const [user, api] = await another();
    const ids = [];
    for (const name of ['a.txt', 'b.txt', 'c.txt']) ids.push((await world.files.create(name)).id);
    for (const id of [ids[1], ids[0], ids[2]]) await world.publish(id ?? '', [user]);
    expect(await api.ids()).toEqual([ids[2], ids[0], ids[1]]);
    const sha256 = createHash('sha256').update('content of c.txt').digest('hex');
    expect((await api.list()).files[0]).toEqual({
      id: ids[2],
      name: 'c.txt',
      content_type: 'text/plain',
      bytes: 16,
      sha256,
      published_at: expect.stringMatching(INSTANT),
      published_by: 'Administrator',
      is_read: false,
      viewed_at: null,
      downloaded_at: null,
      acknowledged_at: null,
    });
  });

  it('answers JSON in the envelope, without parameters in its type', async () => {
    const answer = await portal.get('/files');
    expectStatus(answer, 200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(Object.keys(answer.body as object)).toEqual(['files', 'next']);
  });

  it('is read page by page, each file once, while more is published', async () => {
    const [user, api] = await another();
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) ids.unshift(await world.published(`${at}.txt`, [user]));
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await api.list(`?limit=2${next === '' ? '' : `&after=${next}`}`);
      expect(page.files.length).toBeLessThanOrEqual(2);
      seen.push(...page.files.map(({ id }) => id));
      ({ next } = page);
      if (seen.length === 2) await world.published('later.txt', [user]);
    }
    expect(seen).toEqual(ids);
  });

  it('ends with next null, also when the last page is full', async () => {
    const [user, api] = await another();
    await world.published('1.txt', [user]);
    await world.published('2.txt', [user]);
    expect((await api.list('?limit=2')).next).toBeNull();
    expect((await api.list('?limit=1')).next).toEqual(expect.any(String));
    expect(await api.list('?after=1')).toEqual({ files: [], next: null });
  });

  it('tells apart what is unread and what is not', async () => {
    const [user, api] = await another();
    const [viewed, downloaded, acknowledged, untouched] = [
      await world.published('viewed.txt', [user]),
      await world.published('downloaded.txt', [user]),
      await world.published('acknowledged.txt', [user]),
      await world.published('untouched.txt', [user]),
    ];
    await api.get(`/files/${viewed}`);
    await api.download(downloaded);
    await api.acknowledge(acknowledged);
    expect(await api.ids('?unread=true')).toEqual([untouched]);
    expect(await api.ids('?unread=false')).toEqual([acknowledged, downloaded, viewed]);
    const { files } = await api.list();
    expect(files.map(({ is_read: isRead }) => isRead)).toEqual([false, true, true, true]);
  });

  it.each([
    ['limit=0', 'invalid_value'],
    ['limit=501', 'invalid_value'],
    ['limit=-1', 'invalid_value'],
    ['limit=1.5', 'invalid_value'],
    ['limit=abc', 'invalid_value'],
    ['limit=', 'invalid_value'],
    ['limit=1&limit=2', 'invalid_value'],
    ['after=abc', 'invalid_value'],
    ['after=0', 'invalid_value'],
    ['after=9223372036854775808', 'invalid_value'],
    ['unread=1', 'invalid_value'],
    ['unread=', 'invalid_value'],
    ['page[limit]=1', 'unknown_member'],
    ['include=x', 'unknown_member'],
  ])('refuses %s with 400', async (query, code) => {
    expectPortalRefusal(await portal.get(`/files?${query}`), 400, code);
  });

  it.each(['limit=1', 'limit=500', 'after=9223372036854775807'])('takes %s', async (query) => {
    expectStatus(await portal.get(`/files?${query}`), 200);
  });

  it('records no view', async () => {
    const id = await world.published('listed.txt', [contact]);
    await portal.list();
    expect(await world.events(id)).toEqual([]);
  });
});

describe('GET /api/portal/files/:id', () => {
  it('answers the file and records each view with the hash of the bytes; the first instant stays', async () => {
    const id = await world.published('view.txt', [contact]);
    const first = await portal.get(`/files/${id}`);
    expectStatus(first, 200);
    expect(first.body).toEqual({
      file: expect.objectContaining({
        id,
        name: 'view.txt',
        is_read: true,
        downloaded_at: null,
        acknowledged_at: null,
      }),
    });
    const { file } = first.body as { file: { sha256: string; viewed_at: string } };
    expect(file.viewed_at).toMatch(INSTANT);
    await world.sql(`update publications set viewed_at = '2020-01-01' where file_id = $1`, [id]);
    expect((await portal.get(`/files/${id}`)).body).toMatchObject({ file: { viewed_at: '2020-01-01T00:00:00Z' } });
    const event = { kind: 'viewed', contact, data: { sha256: file.sha256 } };
    expect(await world.events(id)).toEqual([event, event]);
  });

  it('records nothing for a HEAD, nor when it is fetched ahead', async () => {
    const id = await world.published('ahead.txt', [contact]);
    const head = await portal.call('head', `/files/${id}`);
    expectStatus(head, 200);
    for (const headers of PREFETCHES) {
      const answer = await portal.get(`/files/${id}`).set(headers);
      expectStatus(answer, 200);
      expect(answer.body).toMatchObject({ file: { id, viewed_at: null, is_read: false } });
    }
    expect(await world.events(id)).toEqual([]);
  });

  it.each(['', '/download'])('finds nothing that is not published to the user%s', async (end) => {
    const [other] = await another();
    const ofOther = await world.published('of-other.txt', [other]);
    const unpublished = (await world.files.create('unpublished.txt')).id;
    const folder = (await world.files.createFolder('Folder')).id;
    for (const id of [ofOther, unpublished, folder, '999999', 'abc', '0', '9223372036854775808'])
      expectPortalRefusal(await portal.get(`/files/${id}${end}`), 404, 'file_not_found');
    expect(await world.events(ofOther)).toEqual([]);
  });

  it('refuses parameters', async () => {
    const id = await world.published('parameters.txt', [contact]);
    expectPortalRefusal(await portal.get(`/files/${id}?include=x`), 400, 'unknown_member');
    expect(await world.events(id)).toEqual([]);
  });
});

describe('POST /api/portal/files/:id/acknowledge', () => {
  it('keeps the first instant and one event, however often it comes', async () => {
    const id = await world.published('acknowledge.txt', [contact]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => portal.acknowledge(id)));
    for (const answer of answers) expectStatus(answer, 200);
    const instants = answers.map(({ body }) => (body as { file: { acknowledged_at: string } }).file.acknowledged_at);
    expect(instants[0]).toMatch(INSTANT);
    expect(new Set(instants).size).toBe(1);
    const { kind, data } = (await world.events(id))[0] ?? {};
    expect([await world.events(id), kind]).toEqual([[expect.anything()], 'acknowledged']);
    expect(data).toEqual({ sha256: createHash('sha256').update('content of acknowledge.txt').digest('hex') });
    expect((await portal.list()).files.find((file) => file.id === id)).toMatchObject({
      acknowledged_at: instants[0],
      viewed_at: null,
      is_read: true,
    });
  });

  it('is for viewers too', async () => {
    const id = await world.published('viewer.txt', [contact]);
    expectStatus(await portal.as({ role: 'viewer' }).acknowledge(id), 200);
  });

  it('finds nothing that is not published to the user', async () => {
    const [other] = await another();
    const id = await world.published('of-other.txt', [other]);
    for (const one of [id, '999999', 'abc']) expectPortalRefusal(await portal.acknowledge(one), 404, 'file_not_found');
    expect(await world.events(id)).toEqual([]);
  });
});

describe('What is published no more', () => {
  const calls: [string, (id: string) => PromiseLike<unknown>][] = [
    ['open', (id) => portal.get(`/files/${id}`)],
    ['open ahead', (id) => portal.get(`/files/${id}`).set('Purpose', 'prefetch')],
    ['download', (id) => portal.download(id)],
    ['acknowledge', (id) => portal.acknowledge(id)],
  ];
  const expectGone = async (id: string) => {
    expect(await portal.ids('?limit=500')).not.toContain(id);
    for (const [, call] of calls) expectPortalRefusal((await call(id)) as never, 404, 'file_not_found');
    expect(await world.events(id)).toEqual([]);
  };

  it('withdrawn: is gone, and back with what was known of it when it is published again', async () => {
    const id = await world.published('withdrawn.txt', [contact]);
    await world.withdraw(id, contact);
    await expectGone(id);
    await world.publish(id, [contact]);
    expect(await portal.ids()).toContain(id);
  });

  it('archived, alone or with its folder: is gone until it is restored', async () => {
    const outer = (await world.files.createFolder('Outer')).id;
    const inner = (await world.files.createFolder('Inner', { parent: outer })).id;
    const alone = await world.published('alone.txt', [contact]);
    const within = (await world.files.createIn({ parent: inner }, 'within.txt')).id;
    await world.publish(within, [contact]);
    expect(await portal.ids()).toEqual(expect.arrayContaining([alone, within]));
    await world.files.archive(alone, outer);
    await expectGone(alone);
    await expectGone(within);
    expectStatus(await world.files.restore(outer), 200);
    expectStatus(await world.files.restore(alone), 200);
    expect(await portal.ids()).toEqual(expect.arrayContaining([alone, within]));
  });
});
