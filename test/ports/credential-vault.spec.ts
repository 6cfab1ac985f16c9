import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Connection, type CredentialOwner, RotateKeys } from '@portico/domain/connections';
import type { ClientId, ConnectionId, FirmId } from '@portico/domain/kernel';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { ConnectionAdapters } from '../support/connection-rows.js';
import { aClientRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const operator = {
  userId: null,
  credential: { kind: 'operator', id: 'root' },
  origin: { requestId: 'command-1', address: null },
} as const;
let test: TestDatabase;
let adapters: ConnectionAdapters;
let firmId: FirmId;
let clientId: ClientId;

beforeAll(async () => {
  test = await testDatabase();
  adapters = new ConnectionAdapters(test.database);
  ({ firmId } = await firmsWithUsers(test.database));
  clientId = await aClientRow(test.database, firmId);
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  const em = test.database.em.fork();
  await em.execute('delete from platform_connections');
  await em.execute('delete from sealing_keys');
});

const run = <T>(work: () => Promise<T>): Promise<T> => adapters.unitOfWork.run(work);
const versions = async () => (await run(() => adapters.vault().listKeys())).map(({ version }) => version);
const connect = (name: string) => adapters.connect({ firmId, clientId, credentials: { access_token: name } });
const opened = (owner: CredentialOwner, { credentials }: Connection, byte = 7) =>
  run(async () => (await adapters.vault(byte).opener([credentials.keyVersion])).open(owner, credentials));
const rotation = () =>
  new RotateKeys(
    ...[
      adapters.connections,
      adapters.vault(),
      new MikroOrmHistory(test.database, adapters.clock),
      adapters.unitOfWork,
    ],
  );

describe('SqlCredentialVault', () => {
  it('opens what it sealed, for the same connection of the same firm, with the same SECRET_KEY', async () => {
    const connection = await connect('a secret ∎');
    expect(await opened(connection, connection)).toEqual({ access_token: 'a secret ∎' });
    const other = adapters.random.uuid() as ConnectionId;
    for (const owner of [
      { firmId, id: other },
      { firmId: '2' as FirmId, id: connection.id },
    ])
      await expect(opened(owner, connection)).rejects.toThrow();
    await expect(opened(connection, connection, 8)).rejects.toThrow('SECRET_KEY');
    const damaged = Buffer.from(connection.sealed ?? []);
    damaged.writeUInt8(damaged.readUInt8(20) ^ 1, 20);
    Object.assign(connection, { sealed: damaged });
    await expect(opened(connection, connection)).rejects.toThrow();
  });

  it('leaves nothing readable in the database, and seals nothing twice alike', async () => {
    const [one, two] = [await connect('a secret that is looked for'), await connect('a secret that is looked for')];
    expect(Buffer.from(one.sealed ?? []).equals(two.sealed ?? Buffer.of())).toBe(false);
    const tables = ['platform_connections', 'sealing_keys', 'history'];
    for (const table of tables) {
      const rows = await test.database.em.fork().execute<{ row: string }[]>(`select t::text as row from ${table} t`);
      for (const { row } of rows) {
        expect(row).not.toContain('looked for');
        expect(row).not.toContain(Buffer.from('looked for').toString('hex'));
      }
    }
  });

  it('makes one key when many seal first at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, (_, index) => connect(`secret-${index}`)));
    expect(await versions()).toEqual([1]);
    expect(await Promise.all(made.map((one) => opened(one, one)))).toEqual(
      made.map((_, index) => ({ access_token: `secret-${index}` })),
    );
  });

  it('makes a newer key only when nobody is sealing with the last one any more', async () => {
    await connect('first');
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const isSealing = Promise.withResolvers<void>();
    const sealing = run(async () => {
      const { keyVersion } = await adapters.vault().sealer();
      isSealing.resolve();
      await gate.promise;
      order.push(`sealed with ${keyVersion}`);
    });
    await isSealing.promise;
    const adding = run(() => adapters.vault().addKey()).then((version) => order.push(`made ${version}`));
    const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
    while ((await test.database.em.fork().execute<unknown[]>(waits)).length === 0);
    gate.resolve();
    await Promise.all([sealing, adding]);
    expect(order).toEqual(['sealed with 1', 'made 2']);
  });

  it('destroys no key with which something is sealed', async () => {
    await connect('first');
    await run(() => adapters.vault().addKey());
    expect(await run(() => adapters.vault().destroyKeysBefore(2))).toBe(0);
    await expect(test.database.em.fork().execute('delete from sealing_keys where version = 1')).rejects.toThrow();
    expect(await run(() => adapters.vault().listKeys())).toMatchObject([
      { version: 2, connections: 0 },
      { version: 1, connections: 1, createdAt: expect.any(Date) },
    ]);
  });

  it('says so when the key is not there', async () => {
    const connection = await connect('first');
    Object.assign(connection, { keyVersion: 9 });
    await expect(opened(connection, connection)).rejects.toThrow('version 9');
  });
});

describe('A rotation of the keys', () => {
  const kept = () => run(() => adapters.connections.listOf(firmId, clientId));

  it('seals everything with a new key while others connect, and destroys the old ones', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `secret-${index}`);
    for (const name of names.slice(0, 6)) await connect(name);
    const [rotated] = await Promise.all([rotation().execute(operator), ...names.slice(6).map(connect)]);
    expect(rotated).toMatchObject({ keyVersion: 2, resumed: false, destroyedKeys: 1 });
    const connections = await kept();
    expect(new Set(connections.map(({ keyVersion }) => keyVersion))).toEqual(new Set([2]));
    const secrets = await Promise.all(connections.map((one) => opened(one, one)));
    expect(secrets.map(({ access_token: name }) => String(name)).sort()).toEqual([...names].sort());
    expect(await versions()).toEqual([2]);
  });

  it('goes on after it was killed, with the key that it had made', async () => {
    for (const name of ['a', 'b']) await connect(name);
    await run(() => adapters.vault().addKey());
    const [first] = await kept();
    expect(await rotation().execute(operator)).toEqual({
      ...{ keyVersion: 2, resumed: true, connections: 2, destroyedKeys: 1 },
    });
    const [again] = await kept();
    if (!first || !again) throw new Error('there is no connection');
    expect(await opened(again, again)).toEqual({ access_token: 'a' });
    await expect(opened(first, first)).rejects.toThrow('version 1'); // who has the old bytes reads the row again
  });
});
