import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientBase } from 'pg';
import pg from 'pg';
import { entities } from '../../src/mikro-orm.config.js';
import { type Dump, Dumper } from '../../src/platform/database/copies/dump.js';
import { loadDatabase } from '../../src/platform/database/copies/load.js';
import { loosened } from '../../src/platform/database/copies/loosened.js';
import { loadTable, tableFile } from '../../src/platform/database/copies/table-file.js';
import { countersIn, setCounters, tablesIn } from '../../src/platform/database/copies/tables.js';
import { firmsWithUsers } from '../support/rows.js';
import { copyDatabase, type DatabaseCopy } from '../support/suites.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const quiet = { onTables: () => undefined, onTable: () => undefined };
const extra = { statement: 'copy (select id from firms order by id) to stdout', file: 'firms.gz' };
const never = new AbortController().signal;

describe('A copy of a database', () => {
  let source: TestDatabase;
  let target: DatabaseCopy;
  let folder: string;
  let dump: Dump;

  beforeAll(async () => {
    [source, target] = [await testDatabase(), await copyDatabase()];
    folder = await mkdtemp(path.join(tmpdir(), 'portico-copies-'));
    const { firmId, createdBy } = await firmsWithUsers(source.database);
    await source.database.em.execute(
      `insert into history (firm_id, at, user_id, credential_kind, credential_id, request_id, action, subject_type,
         subject_id, details)
       values (?, '2026-03-10T11:22:33.456Z', ?, 'api_key', 'x', 'y', 'z', 'file', '1', '{"text": "Tab\\tund\\\\ „Ä“ 契約"}')`,
      [firmId, createdBy],
    );
    dump = await dumped(folder, never);
  }, 60_000);
  afterAll(async () => {
    await source.dispose();
    await target.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function dumped(into: string, signal: AbortSignal): Promise<Dump> {
    const dumper = await Dumper.open(source.database.url);
    try {
      return await dumper.write(into, extra, { signal, ...quiet });
    } finally {
      await dumper.close();
    }
  }
  const load = (from: string, during: (client: ClientBase) => Promise<unknown> = () => Promise.resolve()) =>
    loadDatabase({ url: target.url, entities }, async ({ client, migrate }) => {
      await migrate(dump.migration);
      await loosened(client, async () => {
        for (const table of dump.tables) await loadTable(client, table, tableFile(from, table), never);
      });
      await setCounters(client, dump.counters);
      await migrate(null);
      await during(client);
    });
  const onTarget = async <Row extends object>(text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: target.url });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('has every table with the number of its rows, but those that have a reason', async () => {
    const client = new pg.Client({ connectionString: source.database.url });
    await client.connect();
    const names = (await tablesIn(client)).map(({ name }) => name);
    await client.end();
    expect(dump.tables.map(({ name }) => name)).toEqual(
      names.filter((name) => !/^(schema_migrations|uploads)$/.test(name)),
    );
    const rowsOf = (name: string) => dump.tables.find((table) => table.name === name)?.rows;
    expect([rowsOf('firms'), rowsOf('history'), rowsOf('files')]).toEqual([2, 1, 0]);
    expect(gunzipSync(await readFile(path.join(folder, extra.file))).toString()).toMatch(/^\d+\n\d+\n$/);
  });

  it('shows one instant: what commits meanwhile is in none of its tables', async () => {
    const into = await mkdtemp(path.join(tmpdir(), 'portico-copies-'));
    const dumper = await Dumper.open(source.database.url);
    const add = `insert into firms (name, created_at) select 'Meanwhile', now()
      where not exists (select from firms where name = 'Meanwhile')`;
    const onTable = () => source.database.em.execute(add); // from the first table on, which is before that of the firms
    const { tables } = await dumper.write(into, extra, { signal: never, onTables: () => undefined, onTable });
    await dumper.close();
    await source.database.em.execute(`delete from firms where name = 'Meanwhile'`);
    expect(tables.find(({ name }) => name === 'firms')?.rows).toBe(2);
    await rm(into, { recursive: true });
  });

  it('is made by one at a time', async () => {
    const first = await Dumper.open(source.database.url);
    await expect(Dumper.open(source.database.url)).rejects.toThrow('another backup of this installation is being made');
    await first.close();
  });

  it('is given up at once, and the connection with it', async () => {
    const into = await mkdtemp(path.join(tmpdir(), 'portico-copies-'));
    await expect(dumped(into, AbortSignal.abort(new Error('ended')))).rejects.toThrow();
    await rm(into, { recursive: true });
  });

  it('leaves the target as it was when a row points at one that is not there', async () => {
    const users = tableFile(folder, { name: 'users' });
    const whole = await readFile(users);
    const text = gunzipSync(whole).toString();
    await writeFile(users, gzipSync(text.replace(/^(\d+)\t\d+\t/, '$1\t987654321\t')));
    await expect(load(folder)).rejects.toThrow(/violates foreign key constraint/);
    await writeFile(users, whole);
    expect(await onTarget('select from firms')).toEqual([]);
  });

  it('is loaded with all its values, its counters, its triggers and its foreign keys', async () => {
    const constraints = `select conname, pg_get_constraintdef(oid) as text from pg_constraint order by 1, 2`;
    const triggers = `select tgname, tgrelid::regclass::text, tgenabled from pg_trigger where not tgisinternal order by 1, 2`;
    const inSource = (text: string): Promise<unknown> => source.database.em.execute(text);
    await load(folder, async (client) => expect(await countersIn(client)).toEqual(dump.counters));
    expect(await onTarget(constraints)).toEqual(await inSource(constraints));
    expect(await onTarget(triggers)).toEqual(await inSource(triggers));
    const history = `select at::text, details from history`;
    expect(await onTarget(history)).toEqual(await inSource(history));
    await expect(onTarget('delete from history')).rejects.toThrow();
    const [firm] = await onTarget<{ id: string }>(
      `insert into firms (name, created_at) values ('New', now()) returning id`,
    );
    expect(Number(firm?.id)).toBeGreaterThan(2);
  });

  it('is not loaded where there are rows', async () => {
    await expect(load(folder)).rejects.toThrow('the database is not empty: its table firms holds rows');
  });
});
