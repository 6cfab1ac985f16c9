import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import { basic } from '../support/portico.js';
import { type PorticoServer } from '../support/portico-server.js';
import { until } from '../support/until.js';
import { queryDatabase, SeparatePostgres } from './separate-postgres.js';

const ADMIN = 'admin@example.test';

describe('two instances on one database and one storage', () => {
  const installations = new Installations();
  let url: string;
  let servers: [PorticoServer, PorticoServer];

  beforeAll(async () => {
    const directory = await installations.directory();
    const postgres = new SeparatePostgres(directory);
    installations.atEnd(() => postgres.stop());
    await postgres.start();
    url = await postgres.createDatabase('shared');
    const credentials = { firmId: '7', key: randomUUID(), secret: randomBytes(20).toString('hex') };
    const env = {
      DATABASE_URL: url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      STORAGE_URL: `file://${directory}/blobs`,
    };
    const start = () => installations.start({ env, credentials });
    servers = await Promise.all([start(), start()]);
  }, 90_000);

  afterAll(() => installations.remove(), 60_000);

  it('both come up when they start at once, and found one firm', async () => {
    for (const { url: address } of servers) expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const migrations = await queryDatabase(url, 'select name from schema_migrations');
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
    expect(migrations.length).toBeGreaterThan(0);
    expect(await queryDatabase(url, 'select id::int from firms')).toEqual([{ id: 7 }]);
    expect(await queryDatabase(url, 'select email from users')).toEqual([{ email: ADMIN }]);
    expect(servers.filter(({ output }) => /^Firm /m.test(output))).toHaveLength(1);
  });

  it('show the same files', async () => {
    const [one, other] = servers.map(({ url: address, headers }) => new FileClient(address, headers));
    const { body } = (await one?.upload('shared.txt', [Buffer.from('for both')])) ?? {};
    const { id, attributes } = body?.data ?? { id: '', attributes: { sha256: '' } };
    expect(await other?.download(`/api/v1/files/${id}/download`)).toMatchObject({
      status: 200,
      sha256: attributes.sha256,
    });
    one?.close();
    other?.close();
  });

  it('take a key that was made beside one of them, and refuse it at once when it is revoked', async () => {
    const [server, other] = servers;
    const created = await server.command('api-key', 'create', '--firm', '7', '--user', ADMIN, '--json');
    expect(created).toMatchObject({ code: 0 });
    const { key, secret } = JSON.parse(created.stdout) as { key: string; secret: string };
    const headers = { Authorization: basic(key, secret), 'Addepar-Firm': '7' };
    const statuses = () => Promise.all(servers.map(async ({ url: address }) => statusOf(address, headers)));
    expect(await statuses()).toEqual([200, 200]);
    expect(await statuses()).toEqual([200, 200]); // each remembers it now

    expect(await other.command('api-key', 'revoke', key)).toMatchObject({ code: 0 });
    const revoked = async () => (await statuses()).every((status) => status === 401);
    await until('both refuse it', revoked, 2); // far less than the ten seconds for which a key is remembered
  }, 30_000);
});

async function statusOf(address: string, headers: Record<string, string>): Promise<number> {
  return (await fetch(`${address}/api/v1/files`, { headers })).status;
}
