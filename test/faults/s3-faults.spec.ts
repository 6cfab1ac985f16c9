import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { S3BlobStore, s3Client } from '../../src/platform/storage/s3/s3-blob-store.js';
import { S3_CREDENTIALS, S3Server } from '../support/s3-server.js';
import { FaultBench, isWhole } from './fault-bench.js';
import { atEachStep, atStep, type Fault, turned } from './fault-steps.js';
import { OPERATIONS, upload } from './operations.js';
import { S3Proxy, type StoreFault } from './s3-proxy.js';

const PREFIX = 'faults';
/** So many that it is sent in parts. */
const SMALL = Buffer.from('what is uploaded');
const LARGE = Buffer.alloc(9_000_000, 'in parts');
const PASSING: readonly StoreFault[] = ['lost answer', 500, 'reset', 'slow', 503];
/** It is begun, two parts are sent, it is completed, and looked at twice. */
const CALLS = 6;
const LASTING: readonly StoreFault[] = [500, 'reset'];
const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
let store: S3Server;
let proxy: S3Proxy;
let bench: FaultBench;

beforeAll(async () => {
  store = await S3Server.start();
  proxy = await S3Proxy.before(store.endpoint);
  Object.assign(process.env, S3_CREDENTIALS); // of the client that looks past the faults
  const location = store.location(`${PREFIX}/`);
  const through = new URL(store.url(PREFIX));
  through.searchParams.set('endpoint', proxy.url);
  const env = { STORAGE_URL: through.href, ...S3_CREDENTIALS };
  bench = await FaultBench.start({ env, blobs: new S3BlobStore(s3Client(location), location) });
}, 60_000);
afterAll(async () => {
  await bench?.dispose();
  await proxy?.close();
  await store?.stop();
}, 60_000);

function faultsOf(kinds: readonly StoreFault[], isLasting: boolean): [Fault, ...Fault[]] {
  const faults = kinds.map((kind): Fault => ({
    name: `${isLasting ? 'from then on ' : ''}${kind}`,
    allowed: { unknown: false, silence: false },
    arm: (at) => proxy.arm(at, kind, isLasting),
    disarm: () => Promise.resolve(proxy.disarm()),
  }));
  return faults as [Fault, ...Fault[]];
}

/** Each call of the store meets one kind of fault, all kinds by turns; with `FAULTS=all`, each kind. */
describe.each([
  ['fails once', PASSING, false],
  ['fails from then on', LASTING, true],
] as const)(`an S3-compatible store that %s (FAULT_SEED=${seed})`, (_how, kinds, isLasting) => {
  it.each(isWhole ? [SMALL, LARGE] : [SMALL])(
    'breaks no promise at any call of an upload',
    async (content) => {
      for (let turn = seed; turn < seed + (isWhole ? kinds.length : 1); turn++) {
        const faults = faultsOf(turned<StoreFault>(kinds, turn), isLasting);
        const { steps, broken } = await atEachStep(bench.world, faults, (world) => upload(world, content));
        expect(broken).toEqual([]);
        expect(steps).toBeGreaterThan(2);
      }
    },
    900_000,
  );

  it('breaks none at a call of an upload in parts', async () => {
    const [fault] = faultsOf(turned<StoreFault>(kinds, seed), isLasting);
    const { struck, broken } = await atStep(bench.world, fault, 1 + (seed % CALLS), (world) => upload(world, LARGE));
    expect([struck, broken]).toEqual([true, []]);
  }, 60_000);
});

it('Nothing else asks the store for anything', async () => {
  for (const { name, begin } of OPERATIONS.slice(1)) {
    const { steps, broken } = await atEachStep(bench.world, faultsOf([500], true), begin);
    expect([name, steps, broken]).toEqual([name, 0, []]);
  }
});
