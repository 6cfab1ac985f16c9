import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { BlobStore } from '@portico/domain/kernel';
import { LocalBlobStore } from '../../src/platform/storage/local-blob-store.js';
import { PorticoServer } from '../support/portico-server.js';
import { copyDatabase, type DatabaseCopy } from '../support/suites.js';
import { DatabaseProxy } from './database-proxy.js';
import { findDeadlocksSoon } from './deadlock.js';
import { FaultWorld } from './fault-world.js';

/** Where a server keeps its bytes, and how they are looked at past all faults. */
export interface BenchStorage {
  readonly env: NodeJS.ProcessEnv;
  readonly blobs: BlobStore;
}

/** Whether each fault is to happen at each step, and not only some of them. */
export const isWhole = process.env['FAULTS'] === 'all';

/** So few that one connection that a fault costs for good is missed. */
const POOL_SIZE = '4';

/** A server behind whose back things can be broken. */
export class FaultBench {
  private constructor(
    readonly world: FaultWorld,
    readonly proxy: DatabaseProxy,
    readonly copy: DatabaseCopy,
  ) {}

  /** Starts it; without `storage` the bytes are in its data directory. */
  static async start(storage?: BenchStorage): Promise<FaultBench> {
    const copy = await copyDatabase();
    await findDeadlocksSoon(copy);
    const proxy = await DatabaseProxy.before(copy.url);
    const secret = { SECRET_KEY: randomBytes(32).toString('base64') };
    const server = await PorticoServer.start({
      env: { DATABASE_URL: proxy.url, DATABASE_POOL_SIZE: POOL_SIZE, ...secret, ...storage?.env },
    });
    const blobs = storage?.blobs ?? new LocalBlobStore(path.join(server.dataDir, 'blobs'));
    return new FaultBench(await FaultWorld.of(server, copy.url, blobs), proxy, copy);
  }

  /** The same installation in a new process, after a kill. */
  async again(): Promise<void> {
    this.world.server = await this.world.server.again();
  }

  async dispose(): Promise<void> {
    await this.world.close();
    await this.world.server.dispose();
    await this.proxy.close();
    await this.copy.remove();
  }
}
