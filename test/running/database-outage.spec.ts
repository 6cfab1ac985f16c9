import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { killPostgres, postmasterOf, signal } from '../support/processes.js';
import { until } from '../support/until.js';
import { OutageWatch } from './outage-watch.js';
import { SeparatePostgres } from './separate-postgres.js';

/** So few that one connection that an outage costs for good would be missed. */
const FEW_CONNECTIONS = { DATABASE_POOL_SIZE: '2' };
const CALLS = 5;

describe('the embedded PostgreSQL', () => {
  const installations = new Installations();
  let server: PorticoServer;
  let client: FileClient;

  beforeAll(async () => {
    server = await installations.start({ env: FEW_CONNECTIONS });
    client = new FileClient(server.url, server.headers);
  }, 60_000);

  afterAll(async () => {
    client?.close();
    await installations.remove();
  }, 60_000);

  it.each([
    ['its first process is killed', async () => signal(postmasterOf(server.dataDir) ?? 0, 'SIGKILL')],
    ['all its processes are killed', () => killPostgres(server.dataDir)],
  ])(
    'comes back by itself when %s, and every call meanwhile succeeds or answers 503',
    async (_what, kill) => {
      await OutageWatch.during(client, async (watch) => {
        const before = postmasterOf(server.dataDir);
        await kill();
        await until('calls are refused', () => watch.unavailable.length > 0);
        await until('another PostgreSQL runs', () => ![undefined, before].includes(postmasterOf(server.dataDir)), 10);
        await until('all calls succeed again', () => watch.isWell, 10);
      });
      expect(await statusOf(server, '/health/ready')).toBe(200);
    },
    60_000,
  );

  it('has not kept the server from an orderly stop', async () => {
    client.close();
    expect(await server.stop()).toBe(0);
  }, 15_000);
});

describe('a PostgreSQL server of its own', () => {
  const installations = new Installations();
  let postgres: SeparatePostgres;
  let server: PorticoServer;
  let client: FileClient;

  beforeAll(async () => {
    postgres = new SeparatePostgres(await installations.directory());
    installations.atEnd(() => postgres.stop());
    await postgres.start();
    const env = {
      ...FEW_CONNECTIONS,
      DATABASE_URL: await postgres.createDatabase('portico_outage'),
      SECRET_KEY: randomBytes(32).toString('base64'),
    };
    server = await installations.start({ env });
    client = new FileClient(server.url, server.headers);
  }, 90_000);

  afterAll(async () => {
    client?.close();
    await installations.remove();
  }, 60_000);

  it('may stop and start again: calls answer 503 meanwhile, and only the readiness changes', async () => {
    await OutageWatch.during(client, async (watch) => {
      await postgres.stop();
      await until('all kinds of calls are refused', () => watch.kindsUnavailable === CALLS, 30);
      expect(await statusOf(server, '/health/ready')).toBe(503);
      expect(await statusOf(server, '/health/live')).toBe(200);
      await postgres.start();
      await until('all calls succeed again', () => watch.isWell, 10);
    });
    expect(await statusOf(server, '/health/ready')).toBe(200);
    expect(await statusOf(server, '/health/live')).toBe(200);
  }, 60_000);

  it('has not kept the server from an orderly stop', async () => {
    client.close();
    expect(await server.stop()).toBe(0);
  }, 15_000);
});

async function statusOf(server: PorticoServer, path: string): Promise<number> {
  return (await fetch(new URL(path, server.url))).status;
}
