import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocalBlobStore } from '../../src/platform/storage/local-blob-store.js';
import { SmallFilesystem } from '../running/small-filesystem.js';
import type { BenchStorage } from './fault-bench.js';
import type { Fault } from './fault-steps.js';

const MEBIBYTES = 8;
const allowed = { unknown: false, silence: false };

/** A disk for the bytes of a server. */
export class SmallDisk {
  private readonly filesystem: SmallFilesystem;

  constructor(readonly directory: string) {
    this.filesystem = new SmallFilesystem(directory, MEBIBYTES);
  }

  get storage(): BenchStorage {
    return { env: { STORAGE_URL: `file://${this.directory}` }, blobs: new LocalBlobStore(this.directory) };
  }

  get pageBytes(): number {
    return statfsSync(this.directory).bsize;
  }

  /** At the n-th step there is room for n - 1 pages. */
  full(): Fault {
    const ballast = path.join(this.directory, 'ballast');
    return {
      ...{ name: 'a full disk', allowed },
      arm: (at) => {
        const { bavail, bsize } = statfsSync(this.directory);
        writeFileSync(ballast, Buffer.alloc((bavail - at + 1) * bsize));
      },
      disarm: () => {
        rmSync(ballast);
        return Promise.resolve(['all of it']);
      },
    };
  }

  readOnly(): Fault {
    return {
      ...{ name: 'a read-only disk', allowed },
      arm: () => this.filesystem.makeReadOnly(true),
      disarm: () => {
        this.filesystem.makeReadOnly(false);
        return Promise.resolve(['all of it']);
      },
    };
  }

  remove(): Promise<void> {
    return this.filesystem.remove();
  }
}
