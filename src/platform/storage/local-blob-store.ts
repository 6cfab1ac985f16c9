import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, opendir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { type BlobKey, BlobStore, type ByteRange, DomainError, type StoredBlob } from '@portico/domain/kernel';
import { syncDirectory } from './durable.js';

const READ_CHUNK = 256 * 1024;
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const BROKEN = new Set([
  'EACCES',
  'EEXIST',
  'EIO',
  'EISDIR',
  'EMFILE',
  'ENFILE',
  'ENODEV',
  'ENOENT', // also what a missing folder on a read-only disk comes to
  'ENOTCONN',
  'ENOTDIR',
  'ENXIO',
  'EPERM',
  'EROFS',
  'ESTALE',
]);

/** Blobs as files: `<root>/<first two of the key>/<key>`. */
export class LocalBlobStore extends BlobStore {
  private readonly directories = new Map<string, Promise<void>>();

  constructor(private readonly root: string) {
    super();
  }

  async put(source: Readable): Promise<StoredBlob> {
    const key = randomUUID() as BlobKey;
    const file = this.pathOf(key);
    try {
      await this.ensureDirectory(path.dirname(file));
      const written = await writeDurably(source, file);
      return { key, ...written };
    } catch (error) {
      source.destroy();
      await removeIfPossible(file);
      throw storageErrorOf(error);
    }
  }

  async open(key: BlobKey, range?: ByteRange): Promise<Readable> {
    try {
      const handle = await open(this.pathOf(key), 'r');
      return handle.createReadStream({ ...range, highWaterMark: READ_CHUNK });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new DomainError('unavailable', 'blob_missing', 'The bytes of this file are not in the storage');
      throw storageErrorOf(error);
    }
  }

  async has(key: BlobKey): Promise<boolean> {
    return (await sizeAndTime(this.pathOf(key))) !== null;
  }

  async remove(key: BlobKey): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async *keysWrittenBefore(instant: Date): AsyncIterable<BlobKey> {
    for await (const directory of await openIfThere(this.root)) {
      if (!directory.isDirectory()) continue;
      for await (const entry of await openIfThere(path.join(this.root, directory.name))) {
        if (!KEY.test(entry.name)) continue;
        const found = await sizeAndTime(this.pathOf(entry.name as BlobKey));
        if (found && found.mtime < instant) yield entry.name as BlobKey;
      }
    }
  }

  async check(): Promise<void> {
    const probe = path.join(this.root, `probe-${randomUUID()}`);
    try {
      await mkdir(this.root, { recursive: true, mode: 0o700 });
      await writeFile(probe, 'x');
    } catch (error) {
      throw storageErrorOf(error);
    } finally {
      await removeIfPossible(probe);
    }
  }

  /** Where the bytes of `key` are below the root; for a reverse proxy that sends them itself. */
  relativePathOf(key: BlobKey): string {
    return `${key.slice(0, 2)}/${key}`;
  }

  private pathOf(key: BlobKey): string {
    return path.join(this.root, this.relativePathOf(key));
  }

  /** Made once for each process: later blobs need no look at the folders above theirs. */
  private ensureDirectory(directory: string): Promise<void> {
    const known = this.directories.get(directory);
    if (known) return known;
    const made = makeDurably(directory, this.root);
    this.directories.set(directory, made);
    made.catch(() => this.directories.delete(directory));
    return made;
  }
}

async function makeDurably(directory: string, root: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await syncDirectory(root);
}

/** A second failure must not hide the first; what stays is removed by the sweep. */
async function removeIfPossible(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

async function writeDurably(source: Readable, file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    // a failing disk must not end the source with an error of its own: the one of the disk is what counts
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncDirectory(path.dirname(file));
  return { bytes, sha256: hash.digest('hex') };
}

async function sizeAndTime(file: string): Promise<{ size: number; mtime: Date } | null> {
  try {
    return await stat(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageErrorOf(error);
  }
}

async function openIfThere(directory: string): Promise<AsyncIterable<Dirent>> {
  try {
    return await opendir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return (async function* () {})();
    throw error;
  }
}

/** What a failing disk means for the caller; any other error is passed on as it is. */
function storageErrorOf(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (FULL.has(code)) return new DomainError('unavailable', 'storage_full', 'The storage is full; nothing was kept');
  if (BROKEN.has(code)) return new DomainError('unavailable', 'storage_unavailable', 'The storage can not be used');
  return error;
}
