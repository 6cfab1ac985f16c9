import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { CopyBlobs, type BlobCopies, type UncopiedBlob } from '@portico/domain/files';
import type { Clock } from '@portico/domain/kernel';
import { requireRightKey } from '../../identity/identity.module.js';
import type { Config } from '../../platform/config/config.js';
import { findSecretKey, keyFileOf, type SecretKey } from '../../platform/config/secret-key.js';
import { type Dump, Dumper } from '../../platform/database/copies/dump.js';
import type { WrittenFile } from '../../platform/database/copies/table-file.js';
import { LEFT_OUT } from '../../platform/database/copies/tables.js';
import { openBlobStore } from '../../platform/storage/open-blob-store.js';
import { Progress } from '../progress.js';
import { type BackupFolder, writeWhole } from './backup-folder.js';
import { BLOB_LIST, blobsIn } from './blob-list.js';
import { hasNoDatabase, withDatabase } from './installation.js';
import { FORMAT, type Manifest } from './manifest.js';
import { LIST_FILE, prune, type Pruned } from './prune.js';

/** Files, most of them small: what a disk and a store do well side by side. */
const AT_ONCE = 8;
const KEY_FILE = 'secret.key';

export interface BackupOptions {
  /** How many snapshots stay; null: all. */
  readonly keep: number | null;
  /** Whether the blobs that are there already are read and hashed. */
  readonly isDeep: boolean;
  readonly withKey: boolean;
}

/** What the command answers. */
export interface BackupReport {
  readonly snapshot: string;
  readonly migration: string;
  readonly tables: number;
  readonly rows: number;
  readonly secretKey: 'included' | 'not included';
  readonly blobs: BlobCopies;
  readonly faults: readonly UncopiedBlob[];
  readonly removed: Pruned;
}

type Tables = Dump & { readonly extra: WrittenFile };

/** Makes one snapshot of an installation. */
export class MakeBackup {
  constructor(
    private readonly config: Config,
    private readonly folder: BackupFolder,
    private readonly options: BackupOptions,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * The rows as one instant shows them, and all blobs that these point at. A server may run meanwhile.
   * @throws Error when there is nothing to back up, the folder belongs to another installation, or it was interrupted:
   * then no snapshot was made
   */
  async execute(): Promise<BackupReport> {
    if (hasNoDatabase(this.config)) throw new Error('there is no database yet: there is nothing to back up');
    const key = await this.requireKey();
    await this.folder.prepare();
    return withDatabase(this.config, 'command', async (url) => {
      const dumper = await Dumper.open(url);
      try {
        await requireRightKey(dumper, key);
        return await this.snapshot(dumper, key);
      } finally {
        await dumper.close();
      }
    });
  }

  private async requireKey(): Promise<SecretKey> {
    const key = await findSecretKey(this.config);
    if (!key) throw new Error('there is no secret key: set SECRET_KEY to the one with which the database was set up');
    const others = [...(await this.folder.fingerprints())].filter((fingerprint) => fingerprint !== key.fingerprint);
    if (others.length > 0) throw new Error(`${this.folder.root} holds backups of an installation with another key`);
    return key;
  }

  private async snapshot(dumper: Dumper, key: SecretKey): Promise<BackupReport> {
    await this.folder.clean();
    const takenAt = this.clock.now();
    const { name, folder } = await this.folder.begin(takenAt);
    try {
      const tables = await this.writeTables(dumper, folder);
      const faults: UncopiedBlob[] = [];
      const blobs = await this.copyBlobs(folder, tables, faults);
      const isIncluded = await this.copyKey(folder);
      const described = { takenAt, tables, faults, key: { fingerprint: key.fingerprint, isIncluded } };
      await this.folder.complete(name, await manifestOf(folder, described));
      // an older one may hold what this one lacks
      const removed = await prune(this.folder, faults.length === 0 ? this.options.keep : null);
      const rows = tables.tables.reduce((sum, table) => sum + table.rows, 0);
      return {
        ...{ snapshot: name, migration: tables.migration, tables: tables.tables.length, rows },
        ...{ secretKey: isIncluded ? 'included' : 'not included', blobs, faults, removed },
      };
    } catch (error) {
      await this.folder.clean();
      throw error;
    }
  }

  private async writeTables(dumper: Dumper, folder: string): Promise<Tables> {
    const told: { progress?: Progress } = {};
    const { signal } = this;
    const tables = await dumper.write(
      folder,
      { statement: BLOB_LIST, file: LIST_FILE },
      {
        signal,
        onTables: (count) => (told.progress = new Progress('tables', count)),
        onTable: () => told.progress?.add(1),
      },
    );
    told.progress?.end();
    return tables;
  }

  /** After the rows: whatever they point at was there before them, and stays as long as they do. */
  private async copyBlobs(folder: string, { tables }: Tables, faults: UncopiedBlob[]): Promise<BlobCopies> {
    const progress = new Progress('blobs', tables.find(({ name }) => name === 'blobs')?.rows ?? 0);
    const copies = await new CopyBlobs().execute({
      rows: blobsIn(path.join(folder, LIST_FILE)),
      from: openBlobStore(this.config.storage),
      to: this.folder.blobs,
      isDeep: this.options.isDeep,
      atOnce: AT_ONCE,
      isStopping: () => this.signal.aborted,
      onDone: () => progress.add(1),
      onFault: (fault) => faults.push(fault),
    });
    progress.end();
    this.signal.throwIfAborted();
    if (copies.unavailable > 0)
      throw new Error(`the storage did not answer for ${copies.unavailable} blobs; no snapshot was made`);
    return copies;
  }

  private async copyKey(folder: string): Promise<boolean> {
    if (this.config.secretKey || !this.options.withKey) return false;
    await writeWhole(path.join(folder, KEY_FILE), await readFile(keyFileOf(this.config), 'utf8'));
    return true;
  }
}

/** Where the key of a snapshot is, when it holds it. */
export const keyFileIn = (folder: string): string => path.join(folder, KEY_FILE);

interface Described extends Pick<Manifest, 'key'> {
  readonly takenAt: Date;
  readonly tables: Tables;
  readonly faults: readonly UncopiedBlob[];
}

async function manifestOf(folder: string, { takenAt, tables: dump, faults, key }: Described): Promise<Manifest> {
  const { extra, ...tables } = dump;
  let [count, bytes] = [0, 0];
  for await (const blob of blobsIn(path.join(folder, LIST_FILE))) {
    count++;
    bytes += blob.bytes;
  }
  const failed = faults.map((blob) => ({ key: blob.key, fault: blob.fault }));
  return {
    ...{ format: FORMAT, portico: await version(), takenAt: `${takenAt.toISOString().slice(0, 19)}Z`, key },
    ...{ ...tables, leftOut: LEFT_OUT, blobs: { count, bytes, list: extra, faults: failed } },
  };
}

async function version(): Promise<string> {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error('the version of Portico is not to be found');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
