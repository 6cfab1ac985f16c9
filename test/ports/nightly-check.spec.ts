import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckBlobs } from '@portico/domain/files';
import { FixedClock, InMemoryBlobRegister, InMemoryBlobStore } from '@portico/testing';
import { NightlyCheck } from '../../src/files/nightly-check.js';
import { StorageChecks } from '../../src/files/storage-checks.js';
import { StorageMetrics } from '../../src/files/storage-metrics.js';
import { HttpMetrics } from '../../src/platform/observability/http-metrics.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const DAY = 86_400;
const LEFT_OVER = 'the bytes of nobody';

describe('the nightly check of the storage', () => {
  let test: TestDatabase;
  let checks: StorageChecks;
  const clock = new FixedClock(new Date('2026-03-01T02:59:00Z'));
  const blobs = new InMemoryBlobStore(clock);

  beforeAll(async () => {
    test = await testDatabase();
    checks = new StorageChecks(test.database);
  }, 60_000);
  afterAll(() => test.dispose());

  const instance = () => {
    const check = new CheckBlobs(blobs, new InMemoryBlobRegister(), clock);
    return new NightlyCheck(check, checks, clock, createLogger('silent'));
  };
  const rows = (): Promise<unknown[]> =>
    test.database.em.fork().execute('select day::text, orphaned::int from storage_checks order by day');

  it('is made from three o’clock on, once a day, whatever the number of instances', async () => {
    await blobs.put(Readable.from([LEFT_OVER]));
    await instance().look();
    expect(await rows()).toEqual([]);
    clock.advance(3600);
    await Promise.all([instance().look(), instance().look(), instance().look()]);
    expect(await rows()).toEqual([{ day: '2026-03-01', orphaned: 0 }]);
    clock.advance(DAY);
    await instance().look();
    await instance().look();
    expect(await rows()).toEqual([
      { day: '2026-03-01', orphaned: 0 },
      { day: '2026-03-02', orphaned: 1 },
    ]);
  });

  it('shows in the metrics of every instance', async () => {
    const metrics = new HttpMetrics();
    new StorageMetrics(metrics, checks);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^storage_faults\{fault="orphaned"\} 1$/m);
    expect(text).toMatch(/^storage_faults\{fault="missing"\} 0$/m);
    expect(text).toContain(`storage_checked_timestamp_seconds ${Date.parse('2026-03-02T03:59:00Z') / 1000}`);
  });

  it('leaves the day to others when it is broken off', async () => {
    clock.advance(DAY);
    await blobs.put(Readable.from([LEFT_OVER]));
    const stopped = instance();
    await stopped.onApplicationShutdown();
    await stopped.look();
    expect(await rows()).toHaveLength(2);
    await instance().look();
    expect(await rows()).toHaveLength(3);
  });
});
