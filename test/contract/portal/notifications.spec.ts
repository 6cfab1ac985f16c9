import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../../support/expected-answers.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork, shown } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const FIELDS = [
  ...['id', 'type', 'title', 'body', 'icon', 'resource_type', 'resource_id', 'action_url', 'actor_id', 'actor_name'],
  ...['actor_picture', 'is_read', 'read_at', 'archived', 'archived_at', 'created_at'],
];
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

let server: Portico;
let work: PortalWork;
let company: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  company = await work.client({ name: 'Smith Holdings' });
}, 60_000);
afterAll(() => server.dispose());

/** The portal of a new contact of the company who may only look. */
async function aViewer(fields: Row = {}, client = company): Promise<PortalApi> {
  const user = await work.contact(client, { portalRole: 'viewer', ...fields });
  return work.portalOf(client, { user, role: 'viewer' });
}
/** Issues invoices to the company, in the order of their numbers; answers their ids. */
async function issue(...numbers: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const invoiceNumber of numbers)
    ids.push(await work.make('invoices', { clientId: Number(company), status: 'submitted', invoiceNumber }));
  return ids;
}
const list = async (portal: PortalApi, query = '') =>
  (await shown<{ notifications: Row[] }>(portal, `/notifications${query}`)).notifications;
const titles = async (portal: PortalApi, query = '') => (await list(portal, query)).map(({ title }) => title);
const unread = async (portal: PortalApi) =>
  (await shown<{ unread_count: number }>(portal, '/notifications/unread-count')).unread_count;
const post = (portal: PortalApi, path: string) => portal.call('post', `/notifications${path}`);
async function done(portal: PortalApi, path: string): Promise<void> {
  const answer = await post(portal, path);
  expectStatus(answer, 200);
  expect(answer.body).toEqual({ ok: true });
}

describe('List Notifications', () => {
  it('answers what the user was told, the newest first, with everything that is known of it', async () => {
    const portal = await aViewer();
    const [first, second] = await issue('INV-1', 'INV-2');
    const answer = await shown<Row>(portal, '/notifications');
    expect(Object.keys(answer)).toEqual(['notifications', 'limit', 'offset']);
    expect(answer).toMatchObject({ limit: 50, offset: 0 });
    const notifications = answer['notifications'] as Row[];
    for (const row of notifications) expect(Object.keys(row)).toEqual(FIELDS);
    expect(notifications).toMatchObject([
      { title: 'New invoice INV-2', resource_id: second },
      {
        ...{ type: 'invoice_issued', title: 'New invoice INV-1', body: 'The invoice INV-1 was issued.' },
        ...{ icon: 'receipt', resource_type: 'invoice', resource_id: first, action_url: `/invoices/${first}` },
        ...{ actor_id: expect.stringMatching(/^\d+$/), actor_name: expect.stringMatching(/\S/), actor_picture: null },
        ...{ is_read: false, read_at: null, archived: false, archived_at: null, created_at: INSTANT },
      },
    ]);
    expect(notifications[0]?.['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    expectStatus(await portal.get(String(notifications[0]?.['action_url'])), 200);
  });

  it('is written in the language of the contact, whatever the portal asks for', async () => {
    const portal = await aViewer({ language: 'de' });
    await issue('INV-3');
    const answer = await portal.get('/notifications').set('Accept-Language', 'fr');
    expect(answer.body).toMatchObject({ notifications: [{ title: 'Neue Rechnung INV-3' }] });
  });

  it('is cut into parts, of 100 at most', async () => {
    const portal = await aViewer();
    await issue('A', 'B', 'C');
    expect(await titles(portal, '?limit=1&offset=1')).toEqual(['New invoice B']);
    expect(await shown<Row>(portal, '/notifications?limit=2&offset=7')).toEqual({
      notifications: [],
      limit: 2,
      offset: 7,
    });
    expect(await shown<Row>(portal, '/notifications?limit=101')).toMatchObject({ limit: 100 });
  });

  it('tells apart what is unread and what is archived; all is what is not archived', async () => {
    const portal = await aViewer();
    await issue('read', 'archived', 'unread');
    const [, archived, read] = await list(portal);
    await done(portal, `/${String(read?.['id'])}/read`);
    await done(portal, `/${String(archived?.['id'])}/archive`);
    expect(await titles(portal, '?filter=all')).toEqual(['New invoice unread', 'New invoice read']);
    expect(await titles(portal, '?filter=unread')).toEqual(['New invoice unread']);
    expect(await list(portal, '?filter=archived')).toMatchObject([
      { title: 'New invoice archived', archived: true, archived_at: INSTANT, is_read: false },
    ]);
  });

  it.each(['filter=read', 'filter=', 'limit=0', 'limit=-1', 'limit=ten', 'limit=1&limit=2', 'offset=-1', 'offset=x'])(
    'refuses %s',
    async (query) => {
      expectPortalRefusal(await (await aViewer()).get(`/notifications?${query}`), 400, 'invalid_value');
    },
  );

  it('refuses parameters that it does not know', async () => {
    expectPortalRefusal(await (await aViewer()).get('/notifications?page=2'), 400, 'unknown_member');
  });

  it('is of one contact: neither of colleagues, nor of other companies, nor of other firms', async () => {
    const portal = await aViewer();
    const [other, foreign] = [await work.client(), await PortalWork.ofAnotherFirm(server)];
    const stranger = await aViewer({}, other);
    const foreigner = await foreign.client();
    const outside = foreign.portalOf(foreigner, { user: await foreign.contact(foreigner) });
    await issue('INV-4');
    const colleague = await aViewer();
    expect(await titles(portal)).toEqual(['New invoice INV-4']);
    for (const one of [stranger, outside, colleague]) expect([await titles(one), await unread(one)]).toEqual([[], 0]);
    const id = String((await list(portal))[0]?.['id']);
    for (const one of [stranger, outside, colleague])
      for (const step of ['read', 'archive'])
        expectPortalRefusal(await post(one, `/${id}/${step}`), 404, 'notification_not_found');
    expect(await unread(portal)).toBe(1);
  });

  it('leaves what a contact was told behind when they go over to another company', async () => {
    const [old, next] = [await work.client(), await work.client()];
    const user = await work.contact(old);
    await work.make('invoices', { clientId: Number(old), status: 'submitted' });
    expect(await list(work.portalOf(old, { user }))).toHaveLength(1);
    await work.change('contacts', user, { clientId: Number(next) });
    const portal = work.portalOf(next, { user });
    expect([await list(portal), await unread(portal)]).toEqual([[], 0]);
    await done(portal, '/read-all');
    const [row] = await sqlOn(server, 'select read_at from notifications where contact_id = $1', [user]);
    expect(row?.['read_at']).toBeNull();
  });

  it.each(['', '/unread-count', '/preferences'])('is about the user, who must be named: %s', async (path) => {
    const portal = work.portalOf(company, { role: 'viewer' });
    expectPortalRefusal(await portal.get(`/notifications${path}`), 400, 'portal_header_missing');
  });
});

describe('Unread Count', () => {
  it('counts what is neither read nor archived', async () => {
    const portal = await aViewer();
    expect(await shown(portal, '/notifications/unread-count')).toEqual({ unread_count: 0 });
    await issue('1', '2', '3');
    expect(await unread(portal)).toBe(3);
    const [one, two] = await list(portal);
    await done(portal, `/${String(one?.['id'])}/read`);
    await done(portal, `/${String(two?.['id'])}/archive`);
    expect(await unread(portal)).toBe(1);
  });
});

describe('Mark as Read', () => {
  it('keeps when it was read first; a second time is no error', async () => {
    const portal = await aViewer();
    await issue('INV-5');
    const [row] = await list(portal);
    await done(portal, `/${String(row?.['id'])}/read`);
    const [read] = await list(portal);
    expect(read).toMatchObject({ is_read: true, read_at: INSTANT });
    await sqlOn(server, `update notifications set read_at = '2026-01-01T00:00:00Z' where id = $1`, [row?.['id']]);
    await done(portal, `/${String(row?.['id'])}/read`);
    expect((await list(portal))[0]).toMatchObject({ read_at: '2026-01-01T00:00:00Z' });
  });

  it.each([randomUUID(), '1', 'read-me'])('knows none with the id %s', async (id) => {
    expectPortalRefusal(await post(await aViewer(), `/${id}/read`), 404, 'notification_not_found');
  });
});

describe('Mark All as Read', () => {
  it('reads all of one user that is not archived', async () => {
    const [portal, colleague] = [await aViewer(), await aViewer()];
    await issue('1', '2');
    const [archived] = await list(portal);
    await done(portal, `/${String(archived?.['id'])}/archive`);
    await done(portal, '/read-all');
    expect([await unread(portal), await unread(colleague)]).toEqual([0, 2]);
    expect(await list(portal, '?filter=archived')).toMatchObject([{ is_read: false }]);
    await done(portal, '/read-all');
  });
});

describe('Archive', () => {
  it('puts a notification away; a second time is no error', async () => {
    const portal = await aViewer();
    await issue('INV-6');
    const [row] = await list(portal);
    for (let count = 0; count < 2; count++) await done(portal, `/${String(row?.['id'])}/archive`);
    expect([await list(portal), await list(portal, '?filter=archived')]).toMatchObject([[], [{ archived: true }]]);
    expectPortalRefusal(await post(portal, `/${randomUUID()}/archive`), 404, 'notification_not_found');
  });
});
