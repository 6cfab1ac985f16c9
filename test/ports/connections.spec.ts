import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Connection, type DayFigures } from '@portico/domain/connections';
import type { ClientId, FirmId } from '@portico/domain/kernel';
import { SqlConnectionClients } from '../../src/connections/sql-connection-clients.js';
import { aDay, ConnectionAdapters, type ConnectionRow } from '../support/connection-rows.js';
import { aClientRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let adapters: ConnectionAdapters;
let firmId: FirmId;
let otherFirm: FirmId;
let clientId: ClientId;

beforeAll(async () => {
  test = await testDatabase();
  adapters = new ConnectionAdapters(test.database);
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
  clientId = await aClientRow(test.database, firmId);
}, 60_000);
afterAll(() => test.dispose());

const connect = (changes: Partial<ConnectionRow> = {}) => adapters.connect({ firmId, clientId, ...changes });
const found = (connection: Connection, firm = firmId) =>
  adapters.unitOfWork.run(() => adapters.connections.find(firm, connection.id));

describe('MikroOrmConnectionRepository', () => {
  it('finds what was added, as it was, and never another firm’s', async () => {
    const connection = await connect();
    const again = await found(connection);
    expect({ ...again }).toEqual({ ...connection, sealed: expect.anything(), version: 1 });
    expect(Buffer.from(again?.sealed ?? []).equals(connection.sealed ?? Buffer.of())).toBe(true);
    expect(await found(connection, otherFirm)).toBeNull();
  });

  it('writes what changes, days as days', async () => {
    const connection = await connect();
    const now = new Date('2026-03-10T12:00:00Z');
    await adapters.unitOfWork.run(async () => {
      const held = await adapters.connections.find(firmId, connection.id);
      held?.queueSync(adapters.random.uuid(), now);
      held?.takeUpSync(held.syncId ?? '', adapters.random.uuid(), now);
      held?.advanceSync({ days: 7, total: 30, through: '2026-03-01' }, now);
    });
    expect(await found(connection)).toMatchObject({
      ...{ syncState: 'running', syncDaysDone: 7, syncDaysTotal: 30, syncedThrough: '2026-03-01', version: 2 },
    });
  });

  it('lists those of a client that have not ended, of no other client and no other firm', async () => {
    const own = await aClientRow(test.database, firmId);
    const [first, second, ended] = [await connect({ clientId: own }), await connect({ clientId: own }), await connect({ clientId: own })]; // prettier-ignore
    await adapters.end(ended);
    const list = async (firm: FirmId) =>
      (await adapters.unitOfWork.run(() => adapters.connections.listOf(firm, own))).map(({ id }) => id);
    expect(await list(firmId)).toEqual([first.id, second.id]);
    expect(await list(otherFirm)).toEqual([]);
    expect(await found(ended)).toBeNull();
  });

  it('keeps no account twice while it is connected: of two at once one', async () => {
    const same = { accountId: 'the same', clientId: await aClientRow(test.database, firmId) };
    const both = await Promise.allSettled([connect(same), connect(same)]);
    const [made] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))).toMatchObject([
      { code: 'platform_already_connected', message: 'This account of Shopify is connected already' },
    ]);
    await connect({ ...same, platform: 'ga4' });
    await connect({ ...same, clientId });
    if (made) await adapters.end(made);
    await connect(same);
  });

  it('leaves nothing that opens an account of a connection that has ended', async () => {
    const connection = await connect();
    await adapters.end(connection);
    const sql =
      'select status, sealed, key_version, removed_at is null as is_there from platform_connections where id = ?';
    expect(await test.database.em.fork().execute(sql, [connection.id])).toEqual([
      { status: 'disconnected', sealed: null, key_version: null, is_there: false },
    ]);
  });
});

describe('SqlConnectionFigures', () => {
  const replace = (connection: Connection, ...days: DayFigures[]) =>
    adapters.unitOfWork.run(() => adapters.figures.replace(connection, days));
  const rows = (sql: string, values: unknown[]) => test.database.em.fork().execute<object[]>(sql, values);
  const campaigns = (client: ClientId) =>
    rows(
      `select date::text, campaign_id, campaign_name, status, currency, spend::text, impressions::int, clicks::int,
         conversions::text, conversion_value::text, reach::int, platform from campaign_days
       where firm_id = ? and client_id = ? order by date, campaign_id`,
      [firmId, client],
    );
  const metrics = (client: ClientId) =>
    rows(
      `select date::text || ' ' || metric_key || ' ' || value || coalesce(' ' || unit, '') as metric from metric_points
       where firm_id = ? and client_id = ? order by date, metric_key, value`,
      [firmId, client],
    );
  const fresh = () => aClientRow(test.database, firmId);

  it('keeps the figures of days, to the cent', async () => {
    const client = await fresh();
    await replace(await connect({ clientId: client, platform: 'google_ads' }), aDay('2026-03-01', '12.34'));
    expect(await campaigns(client)).toEqual([
      {
        ...{ date: '2026-03-01', campaign_id: '111', campaign_name: 'Spring sale', status: 'enabled', currency: 'EUR' },
        ...{ spend: '12.34', impressions: 1000, clicks: 50, conversions: '1.5000', conversion_value: '40.00' },
        ...{ reach: null, platform: 'google_ads' },
      },
    ]);
    expect(await metrics(client)).toEqual([{ metric: '2026-03-01 revenue 12.3400 EUR' }]);
  });

  it('puts a day in the place of what there was of it: what is gone, is gone; other days stay', async () => {
    const client = await fresh();
    const connection = await connect({ clientId: client });
    const [one, other] = [aDay('2026-03-01', '1.00'), aDay('2026-03-02', '2.00')];
    const two = { ...(one.campaigns[0] ?? ({} as never)), campaignId: '222' };
    await replace(connection, { ...one, campaigns: [...one.campaigns, two] }, other);
    expect(await campaigns(client)).toHaveLength(3);
    await replace(connection, { ...aDay('2026-03-01', '5.00'), metrics: [] });
    const after = await campaigns(client);
    expect(after).toMatchObject([{ date: '2026-03-01', campaign_id: '111', spend: '5.00' }, { date: '2026-03-02', spend: '2.00' }]); // prettier-ignore
    expect(await metrics(client)).toEqual([{ metric: '2026-03-02 revenue 2.0000 EUR' }]);
    await replace(connection, { ...aDay('2026-03-02', '0'), campaigns: [], metrics: [] });
    expect(await campaigns(client)).toHaveLength(1);
    expect(await metrics(client)).toEqual([]);
  });

  it('leaves the figures of other accounts, platforms, clients and firms', async () => {
    const [client, neighbour] = [await fresh(), await fresh()];
    const foreign = await aClientRow(test.database, otherFirm);
    const metricOf = (value: string) => ({ ...aDay('2026-03-01', value), campaigns: [] });
    const one = await connect({ clientId: client });
    await replace(one, metricOf('1'));
    await replace(await connect({ clientId: client }), metricOf('2'));
    await replace(await connect({ clientId: client, platform: 'ga4' }), metricOf('3'));
    await replace(await connect({ clientId: neighbour }), metricOf('4'));
    await replace(await connect({ clientId: foreign, firmId: otherFirm }), metricOf('5'));
    await replace(one, metricOf('6'));
    expect(await metrics(client)).toEqual(['2', '3', '6'].map((value) => ({ metric: `2026-03-01 revenue ${value}.0000 EUR` }))); // prettier-ignore
    expect(await metrics(neighbour)).toHaveLength(1);
    expect(await rows('select value::text from metric_points where firm_id = ?', [otherFirm])).toEqual([{ value: '5.0000' }]); // prettier-ignore
  });

  it('take the place of what was entered by hand, and of an account that was connected before', async () => {
    const client = await fresh();
    await rows(
      `insert into metric_points (id, firm_id, client_id, platform, metric_key, date, value, created_at, updated_at)
       select gen_random_uuid(), ?, ?, p, 'revenue', d::date, 9, now(), now()
       from unnest(array['shopify', 'ga4']) p, unnest(array['2026-03-01', '2026-03-05']) d`,
      [firmId, client],
    );
    const before = await connect({ clientId: client, accountId: 'shop' });
    await replace(before, aDay('2026-03-02', '1'));
    await adapters.end(before);
    const again = await connect({ clientId: client, accountId: 'shop' });
    await replace(again, aDay('2026-03-01', '1'), aDay('2026-03-02', '1'));
    expect(await metrics(client)).toEqual([
      { metric: '2026-03-01 revenue 1.0000 EUR' },
      { metric: '2026-03-01 revenue 9.0000' }, // of ga4
      { metric: '2026-03-02 revenue 1.0000 EUR' },
      { metric: '2026-03-05 revenue 9.0000' },
      { metric: '2026-03-05 revenue 9.0000' },
    ]);
    expect(await campaigns(client)).toHaveLength(2);
  });

  it('takes as many statements for many days as for one', async () => {
    const connection = await connect({ clientId: await fresh() });
    const statements = async (...days: DayFigures[]) => {
      let count = 0;
      const { statements: real } = adapters;
      const run = real.run.bind(real);
      real.run = (text, values) => {
        count++;
        return run(text, values);
      };
      await replace(connection, ...days);
      real.run = run;
      return count;
    };
    const many = Array.from({ length: 28 }, (_, day) => aDay(`2026-02-${String(day + 1).padStart(2, '0')}`, '1'));
    expect(await statements(aDay('2026-03-01', '1'))).toBe(4);
    expect(await statements(...many)).toBe(4);
  });

  it('is taken back with the unit of work', async () => {
    const client = await fresh();
    const connection = await connect({ clientId: client });
    await replace(connection, aDay('2026-03-01', '1'));
    const failing = adapters.unitOfWork.run(async () => {
      await adapters.figures.replace(connection, [aDay('2026-03-01', '2')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await metrics(client)).toEqual([{ metric: '2026-03-01 revenue 1.0000 EUR' }]);
  });
});

describe('SqlConnectionClients', () => {
  it('finds what a connection needs to know of a client, in a unit of work and outside, and never another firm’s', async () => {
    const clients = new SqlConnectionClients(adapters.statements);
    const client = { id: clientId, name: 'Client', dashboardEnabled: true, deliveryManagerId: null };
    expect(await clients.find(firmId, clientId)).toEqual(client);
    expect(await adapters.unitOfWork.run(() => clients.find(firmId, clientId))).toEqual(client);
    expect(await clients.find(otherFirm, clientId)).toBeNull();
  });
});
