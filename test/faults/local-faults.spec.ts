import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canMount } from '../running/small-filesystem.js';
import { Installations } from '../support/installations.js';
import { SeededRandom } from '../support/seeded-random.js';
import { DATABASE_FAULTS } from './database-fault-kinds.js';
import { OtherSession } from './deadlock.js';
import { FaultBench, isWhole } from './fault-bench.js';
import { atEachStep, atStep, turned } from './fault-steps.js';
import { kill, type Side, statementsOf } from './kill-fault.js';
import { OPERATIONS, upload } from './operations.js';
import { Promises } from './promises.js';
import { SmallDisk } from './small-disk.js';

const PAGES = 5;
/** So many kills there are without `FAULTS=all`: each costs a start. */
const KILLS = 1;
const SIDES: readonly Side[] = ['before', 'behind'];
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
const random = new SeededRandom(seed);
const hasDisk = canMount();
const installations = new Installations();
let disk: SmallDisk | undefined;
let bench: FaultBench;

if (!hasDisk) console.info('Full and read-only disks are not tested: this user can not mount a filesystem');

beforeAll(async () => {
  if (hasDisk) {
    const mounted = new SmallDisk(await installations.directory());
    installations.atEnd(() => mounted.remove());
    disk = mounted;
  }
  bench = await FaultBench.start(disk?.storage);
  installations.atEnd(() => bench.dispose());
}, 60_000);
afterAll(() => installations.remove(), 60_000);

/** Each statement meets one kind of fault, all kinds by turns; with `FAULTS=all`, each kind. */
describe.each(OPERATIONS)(`$name (FAULT_SEED=${seed})`, ({ begin, table }) => {
  it('keeps its promises whichever statement meets a fault of the database', async () => {
    for (let turn = seed; turn < seed + (isWhole ? DATABASE_FAULTS.length : 1); turn++) {
      const faults = turned(DATABASE_FAULTS, turn).map((kind) => kind(bench.proxy));
      const { steps, broken } = await atEachStep(bench.world, faults, begin);
      expect(broken).toEqual([]);
      expect(steps).toBeGreaterThan(5);
    }
  }, 900_000);

  it('is carried out although it was the victim of a deadlock', async () => {
    const { world, proxy, copy } = bench;
    const attempt = await begin(world);
    const other = await OtherSession.that(copy, table);
    proxy.arm(1, { isLasting: false, matching: /insert into history/i, strike: (exchange) => other.meet(exchange) });
    const reply = await attempt.send();
    expect(proxy.disarm()).toHaveLength(1);
    await other.end();
    expect(reply.status).toBeLessThan(300);
    expect(await new Promises(world).broken(attempt, reply, { unknown: false, silence: false })).toEqual([]);
  });
});

/** At each statement with `FAULTS=all`. */
describe(`kill -9 at a statement (FAULT_SEED=${seed})`, () => {
  it.each(isWhole ? OPERATIONS : turned(OPERATIONS, seed).slice(0, KILLS))(
    'of $name leaves all of it or nothing',
    async (operation) => {
      const count = await statementsOf(operation, bench);
      const steps = isWhole ? Array.from({ length: count }, (_, at) => at + 1) : [1 + random.below(count)];
      for (const at of steps)
        for (const side of isWhole ? SIDES : [random.pick(SIDES)]) {
          const { broken } = await atStep(bench.world, kill(bench, side), at, operation.begin);
          expect(broken).toEqual([]);
        }
    },
    1_800_000,
  );
});

(hasDisk ? describe : describe.skip)('the disk under the bytes', () => {
  const found = (): SmallDisk => disk as SmallDisk;

  it('may be full at each page of an upload', async () => {
    const content = Buffer.alloc(PAGES * found().pageBytes, 'pages');
    for (let at = 1; at <= PAGES; at++) {
      const { broken } = await atStep(bench.world, found().full(), at, (world) => upload(world, content));
      expect(broken).toEqual([]);
    }
  });

  it.each(OPERATIONS)('may be full or read-only during $name', async ({ begin }) => {
    for (const fault of [found().full(), found().readOnly()]) {
      const { broken } = await atStep(bench.world, fault, 1, begin);
      expect(broken).toEqual([]);
    }
  });
});
