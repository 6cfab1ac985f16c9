import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { entities } from '../../src/mikro-orm.config.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { statement } from '../../src/platform/database/statement.js';
import { FilesApi } from '../support/files-api.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';
import { queryDatabase } from './separate-postgres.js';
import { StandbyPostgres } from './standby-postgres.js';

const LISTS_THERE = `select from pg_stat_activity where application_name = 'portico replica' and query like '%files f%'`;

describe('a server with a read replica of its database', () => {
  const installations = new Installations();
  let postgres: StandbyPostgres;
  let server: PorticoServer;
  let api: FilesApi;

  beforeAll(async () => {
    postgres = await StandbyPostgres.start(await installations.directory());
    installations.atEnd(() => postgres.stop());
    const urls = { DATABASE_URL: postgres.primaryUrl, DATABASE_REPLICA_URLS: postgres.standbyUrl };
    server = await installations.start({ env: { ...urls, SECRET_KEY: randomBytes(32).toString('base64') } });
    api = new FilesApi(server.url, server.headers);
  }, 90_000);
  afterAll(() => installations.remove(), 60_000);

  const names = async () =>
    (await api.walk('/files')).flatMap(({ data }) => data.map(({ attributes }) => attributes.name));
  const onStandby = (text: string) => queryDatabase(postgres.standbyUrl, text);

  it('lists from the replica once that has everything', async () => {
    await api.create('first.txt');
    await until('the replica answers a list', async () => {
      expect(await names()).toEqual(['first.txt']);
      return (await onStandby(LISTS_THERE)).length > 0;
    });
  });

  it('shows everybody what they have just written while the replica lags behind', async () => {
    await onStandby('select pg_wal_replay_pause()');
    await api.create('second.txt');
    expect(await names()).toEqual(['first.txt', 'second.txt']);
    expect(await onStandby('select count(*)::int as count from files')).toEqual([{ count: 1 }]);
    await onStandby('select pg_wal_replay_resume()');
    await until('the replica has it, too', async () => {
      const [row] = await onStandby('select count(*)::int as count from files');
      return row?.['count'] === 2;
    });
    expect(await names()).toEqual(['first.txt', 'second.txt']);
  });

  it('lists as before when the replica is gone', async () => {
    await postgres.stopStandby();
    expect(await names()).toEqual(['first.txt', 'second.txt']);
    await api.create('third.txt');
    expect(await names()).toEqual(['first.txt', 'second.txt', 'third.txt']);
  });

  it('takes no other database for a replica of its own', async () => {
    const url = postgres.primaryUrl;
    const database = await openDatabase({ url, poolSize: 2, entities, replicaUrls: [url] });
    const count = statement('select count(*)::int as count from files f');
    expect(await database.list(count, [])).toEqual([{ count: 3 }]);
    expect(await queryDatabase(url, LISTS_THERE)).toEqual([]);
    await database.close();
  });
});
