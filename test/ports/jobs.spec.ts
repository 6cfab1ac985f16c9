import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { JobQueue } from '../../src/platform/jobs/job-queue.js';
import { JobWorker } from '../../src/platform/jobs/job-worker.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const QUEUE = 'test';
const logger = pino({ level: 'silent' });
let test: TestDatabase;
let queue: JobQueue;
let unitOfWork: MikroOrmUnitOfWork;
const workers: JobWorker[] = [];
/** The jobs that were taken up, in that order. */
const taken: string[] = [];
let handle: (name: string) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  test = await testDatabase(2); // so few that a statement beside the transaction would be noticed
  queue = new JobQueue(test.database);
  unitOfWork = new MikroOrmUnitOfWork(test.database);
  await Promise.all([aWorker(), aWorker()]); // two servers that start at once on an empty database
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop(5000)));
  await test.dispose();
}, 30_000);

async function aWorker(): Promise<void> {
  const worker = new JobWorker(test.database, logger);
  workers.push(worker);
  await worker.start({
    queue: QUEUE,
    batch: 5,
    workers: 2,
    lateness: 0.5,
    handle: async (data) => {
      const { name } = data as { name: string };
      taken.push(name);
      await handle(name);
    },
  });
}

const add = (names: readonly string[], at: Date | null = null) =>
  unitOfWork.run(() =>
    queue.add(
      QUEUE,
      names.map((name) => ({ data: { name }, at })),
    ),
  );
const times = (name: string) => taken.filter((one) => one === name).length;

describe('jobs', () => {
  it('run at once when they are committed, each once', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `committed-${index}`);
    const begun = performance.now();
    await add(names);
    await until('all ran', () => names.every((name) => taken.includes(name)));
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(names.map(times)).toEqual(names.map(() => 1));
  });

  it('are not there when the unit of work fails', async () => {
    const failure = unitOfWork.run(async () => {
      await queue.add(QUEUE, [{ data: { name: 'rolled-back' }, at: null }]);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    await add(['after']);
    await until('the next ran', () => taken.includes('after'));
    expect(times('rolled-back')).toBe(0);
  });

  it('wait for their instant', async () => {
    const at = new Date(Date.now() + 1500);
    await add(['planned'], at);
    await add(['unplanned']);
    await until('the unplanned ran', () => taken.includes('unplanned'));
    expect(times('planned')).toBe(0);
    await until('the planned ran', () => taken.includes('planned'));
    expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
  });

  it('are taken up again when they fail, and the others of their batch are not', async () => {
    handle = (name) => (name === 'failing' && times(name) < 2 ? Promise.reject(new Error('no')) : Promise.resolve());
    await add(['failing', 'beside']);
    await until('it ran twice', () => times('failing') === 2);
    expect(times('beside')).toBe(1);
  });

  it('of several queues are taken up by one worker, which stops with all of them', async () => {
    const worker = new JobWorker(test.database, logger);
    const seen: string[] = [];
    const handling = (name: string) => ({
      ...{ queue: name, batch: 1, workers: 1, lateness: 0.5 },
      handle: (data: unknown) => Promise.resolve(void seen.push(`${name} ${(data as { name: string }).name}`)),
    });
    await Promise.all(['one', 'two'].map((name) => worker.start(handling(name))));
    for (const name of ['one', 'two'])
      await unitOfWork.run(() => queue.add(name, [{ data: { name: 'job' }, at: null }]));
    await until('both ran', () => seen.length === 2);
    expect(seen.sort()).toEqual(['one job', 'two job']);
    await Promise.all([worker.stop(5000), worker.stop(5000)]);
    await unitOfWork.run(() => queue.add('one', [{ data: { name: 'left' }, at: null }]));
    await add(['meanwhile']);
    await until('the other worker goes on', () => taken.includes('meanwhile'));
    expect(seen).toHaveLength(2);
  });

  it('under way are waited for by a worker that stops, and what comes then is left to others', async () => {
    const gate = Promise.withResolvers<void>();
    handle = (name) => (name === 'slow' ? gate.promise : Promise.resolve());
    await add(['slow']);
    await until('it is under way', () => times('slow') === 1);
    let isStopped = false;
    const stopped = Promise.all(workers.splice(0).map((worker) => worker.stop(10_000))).then(() => (isStopped = true));
    await add(['left']);
    expect(isStopped).toBe(false);
    gate.resolve();
    await stopped;
    expect(times('left')).toBe(0);
    await aWorker();
    await until('the next worker takes it', () => times('left') === 1);
    expect(times('slow')).toBe(1);
  }, 30_000);
});
