import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectionField } from '@portico/domain/connections';
import type { Actor, ClientId, ConnectionId, EntityId, FilterValue, FirmId, UserId } from '@portico/domain/kernel';
import { anActor } from '@portico/testing';
import { SqlConnectionQueries } from '../../src/connections/sql-connection-queries.js';
import { ConnectionAdapters } from '../support/connection-rows.js';
import { aClientRow } from '../support/portal-rows.js';
import { aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let adapters: ConnectionAdapters;
let queries: SqlConnectionQueries;
let firmId: FirmId;
let otherFirm: FirmId;
let clientId: ClientId;
let neighbour: ClientId;
let shop: ConnectionId;
let ads: ConnectionId;
let ended: ConnectionId;
let elsewhere: ConnectionId;

beforeAll(async () => {
  test = await testDatabase();
  adapters = new ConnectionAdapters(test.database);
  queries = new SqlConnectionQueries(test.database);
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
  [clientId, neighbour] = [await aClientRow(test.database, firmId), await aClientRow(test.database, firmId)];
  ({ id: shop } = await adapters.connect({ firmId, clientId }));
  ({ id: ads } = await adapters.connect({ firmId, clientId, platform: 'meta_ads', source: 'agency' }));
  const past = await adapters.connect({ firmId, clientId, platform: 'ga4' });
  await adapters.end(past);
  ended = past.id;
  ({ id: elsewhere } = await adapters.connect({ firmId, clientId: neighbour }));
}, 60_000);
afterAll(() => test.dispose());

const allData = () => anActor({ firmId });
/** A user to whom the entity of one client is permitted. */
async function restricted(client: ClientId): Promise<Actor> {
  const userId: UserId = await aUser(test.database, firmId);
  const found = await test.database.em
    .fork()
    .execute<{ entity_id: EntityId }[]>('select entity_id::text from clients where id = ?', [client]);
  await link(test.database, 'user_entities', {
    firm_id: firmId,
    user_id: userId,
    entity_id: found[0]?.entity_id ?? '',
  });
  return anActor({ firmId, userId, allDataAccess: false, permissions: ['back_office'] });
}
const enable = (isEnabled: boolean) =>
  test.database.em.fork().execute('update clients set dashboard_enabled = ? where id = ?', [isEnabled, clientId]);

describe('The connections of a client', () => {
  const ids = async (firm: FirmId, client: ClientId) => {
    const { dashboardEnabled, connections } = await queries.listOf(firm, client);
    return [dashboardEnabled, connections.map(({ id }) => id)];
  };

  it('are those that have not ended, the first made first; of a client without any, none', async () => {
    expect(await ids(firmId, clientId)).toEqual([true, [shop, ads]]);
    expect(await ids(firmId, await aClientRow(test.database, firmId))).toEqual([true, []]);
    expect(await ids(otherFirm, clientId)).toEqual([false, []]);
  });

  it('show nothing that opens them', async () => {
    const [first] = (await queries.listOf(firmId, clientId)).connections;
    expect(first).toMatchObject({ id: shop, status: 'connected', scopes: ['a', 'b'], connectedAt: expect.any(Date) });
    expect(JSON.stringify(first)).not.toMatch(/sealed|key|sync_/i);
  });

  it('are found one by one, while the client has a dashboard', async () => {
    const found = async (firm: FirmId, client: ClientId, id: ConnectionId) =>
      (await queries.findOf(firm, client, id))?.id;
    expect(await found(firmId, clientId, shop)).toBe(shop);
    for (const [firm, client, id] of [
      [otherFirm, clientId, shop],
      [firmId, neighbour, shop],
      [firmId, clientId, ended],
      [firmId, clientId, elsewhere],
    ] as const)
      expect(await found(firm, client, id)).toBeUndefined();
    await enable(false);
    expect(await found(firmId, clientId, shop)).toBeUndefined();
    expect(await ids(firmId, clientId)).toEqual([false, [shop, ads]]);
    await enable(true);
  });
});

describe('The connections of a firm', () => {
  const list = async (actor: Actor, filters: [ConnectionField, FilterValue[]][] = [], limit = 100, offset = 0) => {
    const sort = { field: 'createdAt', order: 'asc' } as const;
    const { items, total } = await queries.listForStaff(actor, { limit, offset, sort, filters: new Map(filters) });
    return [items.map(({ id }) => id), total];
  };

  it('are listed with their clients, in parts, with filters', async () => {
    expect(await list(allData())).toEqual([[shop, ads, elsewhere], 3]);
    expect(await list(allData(), [], 1, 1)).toEqual([[ads], 3]);
    expect(await list(allData(), [], 1, 9)).toEqual([[], 3]);
    expect(await list(allData(), [['clientId', [clientId]]])).toEqual([[shop, ads], 2]);
    expect(await list(allData(), [['platform', ['meta_ads', 'ga4']]])).toEqual([[ads], 1]);
    expect(await list(allData(), [['lastSyncedAt', [null]], ['source', ['client']]])).toEqual([[shop, elsewhere], 2]); // prettier-ignore
    expect(await queries.findForStaff(allData(), shop)).toMatchObject({
      clientId,
      clientName: 'Client',
      syncState: 'idle',
    });
  });

  it('are those of the clients that are permitted, and never another firm’s', async () => {
    const actor = await restricted(neighbour);
    expect(await list(actor)).toEqual([[elsewhere], 1]);
    expect(await queries.findForStaff(actor, elsewhere)).toMatchObject({ id: elsewhere });
    expect(await queries.findForStaff(actor, shop)).toBeNull();
    const stranger = anActor({ firmId: otherFirm });
    expect(await list(stranger)).toEqual([[], 0]);
    for (const id of [shop, elsewhere]) expect(await queries.findForStaff(stranger, id)).toBeNull();
    expect(await queries.findForStaff(allData(), ended)).toBeNull();
  });
});
