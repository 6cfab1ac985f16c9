import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import {
  type BlobEntry,
  type BlobKey,
  BlobStore,
  type ByteRange,
  DomainError,
  type GiveBytes,
  type StoredBlob,
  type TakeBytes,
  WrongBytes,
} from '@portico/domain/kernel';
import { hashBlob } from './hash-blob.js';
import { readAhead, syncDirectory, writeDurably, writeGiven } from './durable.js';
import { storageErrorOf } from './storage-errors.js';

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The folder below the root in which copies grow, under keys that mean nothing, until they are whole. */
export const ARRIVING = 'arriving';

/** Where the bytes of `key` are below the root; a reverse proxy that sends them itself needs to know too. */
export function relativePathOf(key: BlobKey): string {
  return `${key.slice(0, 2)}/${key}`;
}

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

  async putAs({ key, bytes, sha256 }: StoredBlob, give: GiveBytes): Promise<void> {
    const aside = this.asideOf(randomUUID() as BlobKey);
    const file = this.pathOf(key);
    try {
      await Promise.all([path.dirname(aside), path.dirname(file)].map((directory) => this.ensureDirectory(directory)));
      const written = await writeGiven(give, aside);
      if (written.sha256 !== sha256 || written.bytes !== bytes)
        throw new WrongBytes('other bytes came than were announced');
      await rename(aside, file);
      await syncDirectory(path.dirname(file));
    } catch (error) {
      await removeIfPossible(aside);
      throw storageErrorOf(error);
    }
    const kept = await sizeAndTime(file);
    if (kept?.size !== bytes)
      throw new WrongBytes(`${bytes} bytes were written, and ${kept?.size ?? 'none'} are there`);
  }

  async read(key: BlobKey, range: ByteRange, take: TakeBytes): Promise<void> {
    const file = await this.openFile(key);
    try {
      await readAhead(file, range, take);
    } finally {
      await file.close();
    }
  }

  hash(key: BlobKey, bytes: number): Promise<string> {
    return hashBlob(this, key, bytes);
  }

  async has(key: BlobKey): Promise<boolean> {
    return (await sizeAndTime(this.pathOf(key))) !== null;
  }

  async remove(key: BlobKey): Promise<void> {
    for (const file of [this.pathOf(key), this.asideOf(key)]) await rm(file, { force: true });
  }

  /** Copies that were broken off are among them. */
  async *keysWrittenBefore(instant: Date): AsyncIterable<BlobKey> {
    for await (const directory of await openIfThere(this.root)) {
      if (!directory.isDirectory()) continue;
      for await (const entry of await openIfThere(path.join(this.root, directory.name))) {
        if (!KEY.test(entry.name)) continue;
        const found = await sizeAndTime(path.join(this.root, directory.name, entry.name));
        if (found && found.mtime < instant) yield entry.name as BlobKey;
      }
    }
  }

  async *entries(): AsyncIterable<BlobEntry> {
    const directories = await namesIn(this.root);
    for (const directory of directories.filter((name) => /^[0-9a-f]{2}$/.test(name)))
      for (const name of await namesIn(path.join(this.root, directory))) {
        const found = KEY.test(name) ? await sizeAndTime(this.pathOf(name as BlobKey)) : null;
        if (found) yield { key: name as BlobKey, bytes: found.size, writtenAt: found.mtime };
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

  private async openFile(key: BlobKey): Promise<FileHandle> {
    try {
      return await open(this.pathOf(key), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new DomainError('unavailable', 'blob_missing', 'The bytes of this file are not in the storage');
      throw storageErrorOf(error);
    }
  }

  private asideOf(key: BlobKey): string {
    return path.join(this.root, ARRIVING, key);
  }

  private pathOf(key: BlobKey): string {
    return path.join(this.root, relativePathOf(key));
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

/** Makes `directory` below `root`, so that it survives a power cut. */
export async function makeDurably(directory: string, root: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await syncDirectory(root);
}

/** A second failure must not hide the first; what stays is removed by the sweep. */
async function removeIfPossible(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

async function sizeAndTime(file: string): Promise<{ size: number; mtime: Date } | null> {
  try {
    return await stat(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageErrorOf(error);
  }
}

/** In order: one of 256 folders at a time. */
async function namesIn(directory: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of await openIfThere(directory)) names.push(name);
  return names.sort();
}

async function openIfThere(directory: string): Promise<AsyncIterable<Dirent>> {
  try {
    return await opendir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return (async function* () {})();
    throw error;
  }
}
