import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClient } from '../support/file-client.js';
import { Installations } from '../support/installations.js';
import type { PorticoServer } from '../support/portico-server.js';
import { killPostgres } from '../support/processes.js';
import { SeededRandom } from '../support/seeded-random.js';
import { isThorough } from '../support/thorough.js';
import { Ledger } from './ledger.js';
import { Writer } from './writer.js';

const WRITERS = 4;
const LONGEST_MS = 900;
const seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));

describe(`a server that is killed while it writes (CRASH_SEED=${seed})`, () => {
  const installations = new Installations();
  const random = new SeededRandom(seed);
  const ledger = new Ledger();
  const writers = Array.from(
    { length: WRITERS },
    (_, at) => new Writer(`writer ${at}`, ledger, new SeededRandom(seed + at + 1)),
  );
  let server: PorticoServer;

  beforeAll(async () => {
    server = await installations.start();
  }, 60_000);

  afterAll(() => installations.remove(), 60_000);

  const again: [string, () => Promise<void>][] = [
    ['it alone, again', killServer],
    ['it alone, a third time', killServer],
    ['it and PostgreSQL at once, again', killBoth],
    ['PostgreSQL, and it soon after, again', killPostgresFirst],
    ['it and PostgreSQL at once, a third time', killBoth],
  ];

  it.each([
    ['it alone', killServer],
    ['it and PostgreSQL at once', killBoth],
    ['PostgreSQL, and it soon after', killPostgresFirst],
    ...(isThorough ? again : []),
  ] as typeof again)(
    'keeps every acknowledged write and shows nothing half-made after a kill of %s',
    async (_what, kill) => {
      const before = ledger.acknowledged.length;
      const client = clientOf(server);
      const writing = writers.map((writer) => writer.run(client));
      await pause(100 + random.below(LONGEST_MS));
      await kill();
      const refusals = (await Promise.all(writing)).flat();
      client.close();
      expect(refusals.filter((refusal) => refusal !== '503 database_unavailable')).toEqual([]);
      expect(ledger.entries.length).toBeGreaterThan(before);
      server = await installations.again(server);
      await settle();
    },
    60_000,
  );

  it('has all of it after an orderly restart, too', async () => {
    expect(await server.stop()).toBe(0);
    server = await installations.again(server);
    await settle(true);
    expect(ledger.acknowledged.length).toBeGreaterThan(WRITERS);
  }, 60_000);

  async function settle(all = false): Promise<void> {
    const client = clientOf(server);
    try {
      await ledger.settle(client, all);
    } finally {
      client.close();
    }
  }

  function killServer(): Promise<void> {
    return server.kill();
  }

  async function killBoth(): Promise<void> {
    await Promise.all([server.kill(), killPostgres(server.dataDir)]);
  }

  async function killPostgresFirst(): Promise<void> {
    await killPostgres(server.dataDir);
    await pause(random.below(LONGEST_MS));
    await server.kill();
    await killPostgres(server.dataDir); // the one that the server brought back
  }
});

function clientOf(server: PorticoServer): FileClient {
  return new FileClient(server.url, server.headers);
}
