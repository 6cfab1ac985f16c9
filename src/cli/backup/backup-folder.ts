import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory } from '../../platform/storage/durable.js';
import { ARRIVING, LocalBlobStore } from '../../platform/storage/local-blob-store.js';
import { type Manifest, manifestOf } from './manifest.js';

const SNAPSHOTS = 'snapshots';
const BLOBS = 'blobs';
const MANIFEST = 'manifest.json';
/** Of what is not whole yet. */
const ASIDE = '.part';
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;

/** A folder of backups: snapshots, each in a folder named after its instant, and the blobs that they share. */
export class BackupFolder {
  readonly blobs: LocalBlobStore;

  constructor(readonly root: string) {
    this.blobs = new LocalBlobStore(path.join(root, BLOBS));
  }

  /** Makes it when it is not there; nobody but its owner may look inside. */
  async prepare(): Promise<void> {
    for (const folder of [this.root, path.join(this.root, SNAPSHOTS), path.join(this.root, BLOBS)])
      await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(this.root, 0o700);
  }

  /** Removes what backups that were broken off have left; their blobs stay, and are not copied again. */
  async clean(): Promise<void> {
    const names = await namesIn(path.join(this.root, SNAPSHOTS));
    for (const name of names.filter((one) => one.endsWith(ASIDE)))
      await rm(path.join(this.root, SNAPSHOTS, name), { recursive: true, force: true });
    await rm(path.join(this.root, BLOBS, ARRIVING), { recursive: true, force: true });
  }

  /** The names of the whole snapshots, the oldest first. */
  async names(): Promise<string[]> {
    return (await namesIn(path.join(this.root, SNAPSHOTS))).filter((name) => NAME.test(name)).sort();
  }

  folderOf(name: string): string {
    return path.join(this.root, SNAPSHOTS, name);
  }

  /** @throws Error when this version can't restore it, or it is damaged */
  async manifest(name: string, knownMigrations: readonly string[]): Promise<Manifest> {
    try {
      return manifestOf(await readFile(path.join(this.folderOf(name), MANIFEST), 'utf8'), knownMigrations);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`the snapshot ${name} can not be used: ${reason}`, { cause });
    }
  }

  /** The fingerprints of the keys of all its snapshots. */
  async fingerprints(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const name of await this.names()) {
      const text = await readFile(path.join(this.folderOf(name), MANIFEST), 'utf8');
      const { key } = JSON.parse(text) as Partial<Manifest>;
      if (key) found.add(key.fingerprint);
    }
    return found;
  }

  /** A folder in which the snapshot of an instant grows. */
  async begin(now: Date): Promise<{ readonly name: string; readonly folder: string }> {
    const name = now.toISOString().replaceAll(':', '-');
    const folder = this.folderOf(name) + ASIDE;
    await mkdir(folder, { mode: 0o700 });
    return { name, folder };
  }

  /** Makes a snapshot of it: whole or not at all, also when the power goes. */
  async complete(name: string, manifest: Manifest): Promise<void> {
    const folder = this.folderOf(name) + ASIDE;
    await writeWhole(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await syncDirectory(folder);
    await rename(folder, this.folderOf(name));
    await syncDirectory(path.join(this.root, SNAPSHOTS));
  }

  /** Removes a snapshot; from the first moment on it is none any more. */
  async remove(name: string): Promise<void> {
    const aside = this.folderOf(name) + ASIDE;
    await rename(this.folderOf(name), aside);
    await syncDirectory(path.join(this.root, SNAPSHOTS));
    await rm(aside, { recursive: true, force: true });
  }
}

/** Those that are too many when the newest `count` are kept. */
export function tooMany(names: readonly string[], count: number): string[] {
  return [...names].sort().slice(0, Math.max(0, names.length - count));
}

/** Writes a new file that nobody else may read; when it answers, the bytes survive a power cut. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
