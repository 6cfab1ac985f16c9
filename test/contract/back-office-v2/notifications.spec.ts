import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem, PASSWORD } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { PortalApi } from '../../support/portal-api.js';
import { PortalWork } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

const FIELDS = [
  ...['id', 'type', 'title', 'body', 'icon', 'resourceType', 'resourceId', 'clientId', 'clientName', 'actorType'],
  ...['actorId', 'actorName', 'isRead', 'readAt', 'isArchived', 'archivedAt', 'createdAt'],
];

let server: Portico;
let work: PortalWork;
beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
}, 60_000);
afterAll(() => server.dispose());

interface Manager {
  readonly office: BackOfficeApi;
  readonly client: string;
  readonly contact: string;
  readonly portal: PortalApi;
}

/** A user who looks after a new client. */
async function aManager(): Promise<Manager> {
  const email = `${randomUUID()}@staff.test`;
  const user = { name: 'Ann', email, password: PASSWORD, permissions: ['back_office'] };
  const deliveryManagerId = Number(await work.make('users', user));
  const client = await work.client({ name: 'Smith Holdings', deliveryManagerId });
  const contact = await work.contact(client, { firstName: 'Adam', lastName: 'Smith' });
  const office = await BackOfficeApi.signedIn(server.url, email);
  return { office, client, contact, portal: work.portalOf(client, { user: contact }) };
}
async function ask({ portal }: Manager, ...asked: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const title of asked) {
    const answer = await portal.call('post', '/requests').send({ title });
    expectStatus(answer, 201);
    ids.push((answer.body as { taskId: string }).taskId);
  }
  return ids;
}
const list = ({ office }: Manager, query = '') => office.read<Row[]>(`/notifications${query}`);
const titles = async (manager: Manager, query = '') => (await list(manager, query)).map(({ title }) => title);

describe('Get your notifications', () => {
  it('answers what the user was told, the newest first, with everything that is known of it', async () => {
    const manager = await aManager();
    const [, second] = await ask(manager, 'A banner', 'A page');
    const answer = await manager.office.get('/notifications');
    expectStatus(answer, 200);
    expect(answer.headers['x-total-count']).toBe('2');
    const [newest, oldest] = answer.body as Row[];
    for (const row of [newest, oldest]) expect(Object.keys(row ?? {})).toEqual(FIELDS);
    expect(oldest).toMatchObject({ title: 'New request: A banner' });
    expect(newest).toMatchObject({
      ...{ type: 'request_received', title: 'New request: A page', icon: 'inbox' },
      ...{ body: 'Adam Smith (Smith Holdings) asks for “A page”.', resourceType: 'task', resourceId: second },
      ...{ clientId: Number(manager.client), clientName: 'Smith Holdings' },
      ...{ actorType: 'contact', actorId: Number(manager.contact), actorName: 'Adam Smith' },
      ...{ isRead: false, readAt: null, isArchived: false, archivedAt: null },
      createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
    });
  });

  it('is written in the language of the call', async () => {
    const manager = await aManager();
    await ask(manager, 'Ein Banner');
    const answer = await manager.office.get('/notifications').set('Accept-Language', 'de');
    expect(answer.headers['content-language']).toBe('de');
    expect(answer.body).toMatchObject([{ title: 'Neue Anfrage: Ein Banner' }]);
  });

  it('is cut into parts, sorted and filtered', async () => {
    const manager = await aManager();
    await ask(manager, '1', '2', '3');
    expect(await titles(manager, '?limit=1&offset=1')).toEqual(['New request: 2']);
    expect(await titles(manager, '?sort_order=asc&limit=1')).toEqual(['New request: 1']);
    const [newest] = await list(manager);
    expectStatus(await manager.office.call('post', `/notifications/${String(newest?.['id'])}/read`), 204);
    expect(await titles(manager, '?filter[unread]=true')).toEqual(['New request: 2', 'New request: 1']);
    expect(await titles(manager, '?filter[unread]=false')).toEqual(['New request: 3']);
    expect(await titles(manager, '?filter[type]=budget_approved')).toEqual([]);
    expect(await titles(manager, `?filter[clientId]=${manager.client}&limit=1`)).toEqual(['New request: 3']);
  });

  it.each(['filter[unread]=maybe', 'limit=0', 'limit=1001', 'sort_by=type', 'filter[clientId]=x'])(
    'refuses %s',
    async (query) => {
      expectProblem(await (await aManager()).office.get(`/notifications?${query}`), 400, 'invalid_value');
    },
  );

  it('refuses what it does not know', async () => {
    expectProblem(await (await aManager()).office.get('/notifications?filter[title]=x'), 400, 'unknown_member');
  });

  it('is of one user: neither of colleagues, nor of other firms', async () => {
    const [manager, colleague] = [await aManager(), await aManager()];
    const outside = await BackOfficeApi.ofAnotherFirm(server);
    await ask(manager, 'Mine');
    const [row] = await list(manager);
    for (const office of [colleague.office, work.office, outside]) {
      expect(await office.read<Row[]>('/notifications')).not.toContainEqual(row);
      for (const step of ['read', 'archive']) {
        const answer = await office.call('post', `/notifications/${String(row?.['id'])}/${step}`);
        expectProblem(answer, 404, 'notification_not_found');
      }
      expectStatus(await office.call('post', '/notifications/read-all'), 204);
    }
    expect(await list(manager)).toEqual([row]);
  });
});

describe('Mark as read', () => {
  it('marks one, once and for all; and all of one user', async () => {
    const manager = await aManager();
    await ask(manager, '1', '2');
    const [newest] = await list(manager);
    const read = () => manager.office.call('post', `/notifications/${String(newest?.['id'])}/read`);
    for (let count = 0; count < 2; count++) expectStatus(await read(), 204);
    expect((await list(manager)).map(({ isRead }) => isRead)).toEqual([true, false]);
    expectStatus(await manager.office.call('post', '/notifications/read-all'), 204);
    expect(await titles(manager, '?filter[unread]=true')).toEqual([]);
  });

  it.each([randomUUID(), '1', 'none'])('knows none with the id %s', async (id) => {
    const { office } = await aManager();
    expectProblem(await office.call('post', `/notifications/${id}/read`), 404, 'notification_not_found');
  });
});

describe('Archive', () => {
  it('puts one away, to be found by the filter', async () => {
    const manager = await aManager();
    await ask(manager, '1', '2');
    const [newest] = await list(manager);
    expectStatus(await manager.office.call('post', `/notifications/${String(newest?.['id'])}/archive`), 204);
    expect(await titles(manager)).toEqual(['New request: 1']);
    expect(await list(manager, '?filter[archived]=true')).toMatchObject([
      { title: 'New request: 2', isArchived: true, archivedAt: expect.any(String) },
    ]);
  });
});
