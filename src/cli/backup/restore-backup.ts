import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BlobCopies, CopyBlobs, inStep, type UncopiedBlob } from '@portico/domain/files';
import type { BlobStore, Clock } from '@portico/domain/kernel';
import type { ClientBase } from 'pg';
import { entities } from '../../mikro-orm.config.js';
import { MAIL_QUEUE, RestoredMails } from '../../notifications/deliveries.module.js';
import type { Config } from '../../platform/config/config.js';
import { findSecretKey, keyFileOf, placeKey } from '../../platform/config/secret-key.js';
import { knownMigrations, loadDatabase, requireEmpty } from '../../platform/database/copies/load.js';
import { loosened } from '../../platform/database/copies/loosened.js';
import { loadTable, tableFile } from '../../platform/database/copies/table-file.js';
import { copied, COPY_SETTINGS, setCounters, tablesIn } from '../../platform/database/copies/tables.js';
import { makeQueue } from '../../platform/jobs/job-queue.js';
import { openBlobStore } from '../../platform/storage/open-blob-store.js';
import { Progress } from '../progress.js';
import type { BackupFolder } from './backup-folder.js';
import { blobsIn } from './blob-list.js';
import { withDatabase } from './installation.js';
import { LIST_FILE } from './prune.js';
import { findSnapshot, missingKey, requireWholeFiles, type Snapshot } from './snapshot.js';

const AT_ONCE = 8;

export interface RestoreOptions {
  /** Null: the newest. */
  readonly snapshot: string | null;
  /** Whether mails that waited are given up instead of sent. */
  readonly holdMails: boolean;
  /** Whether the storage may hold other blobs than those of the snapshot. */
  readonly intoUsedStorage: boolean;
}

/** What was restored. */
export interface Restored {
  readonly snapshot: string;
  readonly takenAt: string;
  /** The schema of the backup, and what it is now. */
  readonly migration: { readonly from: string; readonly to: string };
  readonly tables: number;
  readonly rows: number;
  readonly secretKey: 'restored' | 'as given';
  readonly mails: { readonly queued: number; readonly held: number };
  readonly blobs: BlobCopies;
  readonly faults: readonly UncopiedBlob[];
}

type Loaded = Pick<Restored, 'rows' | 'mails'>;

/** Restores a snapshot into an empty installation. */
export class RestoreBackup {
  private readonly storage: BlobStore;

  constructor(
    private readonly config: Config,
    private readonly backups: BackupFolder,
    private readonly options: RestoreOptions,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {
    this.storage = openBlobStore(config.storage);
  }

  /**
   * Looks at everything first. Then the bytes, each compared with its hash: nobody sees them, and a second run goes on
   * with them. Then all rows in one transaction: when it ends the installation is there, and before it is empty.
   * @throws Error when the backup is damaged or of a later version, the key is another, or the installation not empty
   */
  async execute(): Promise<Restored> {
    const { config, signal } = this;
    const snapshot = await findSnapshot(this.backups, this.options.snapshot, knownMigrations);
    const keyFile = await missingKey(snapshot, await findSecretKey(config));
    await requireWholeFiles(snapshot, signal);
    await this.requireOwnStorage(snapshot);
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    return withDatabase(config, 'server', async (url) => {
      await requireEmpty(url);
      if (keyFile !== null) await placeKey(keyFileOf(config), await readFile(keyFile, 'utf8'));
      const faults: UncopiedBlob[] = [];
      const blobs = await this.copyBlobs(snapshot, faults);
      await makeQueue(url, MAIL_QUEUE);
      const { rows, mails } = await this.load(url, snapshot);
      const { takenAt, migration, tables } = snapshot.manifest;
      return {
        ...{
          snapshot: snapshot.name,
          takenAt,
          migration: { from: migration, to: knownMigrations.at(-1) ?? migration },
        },
        ...{ tables: tables.length, rows, secretKey: keyFile === null ? 'as given' : 'restored', mails, blobs, faults },
      };
    });
  }

  /** The sweep of a restored server would remove the blobs of somebody else. */
  private async requireOwnStorage({ folder }: Snapshot): Promise<void> {
    if (this.options.intoUsedStorage) return;
    for await (const [row, entry] of inStep(blobsIn(path.join(folder, LIST_FILE)), this.storage.entries()))
      if (row === null && entry !== null)
        throw new Error(
          `the storage is not empty: it holds ${entry.key}, which is not in the backup; nothing was changed ` +
            '(--into-used-storage when it is the storage that was backed up)',
        );
  }

  private async copyBlobs({ folder, manifest }: Snapshot, faults: UncopiedBlob[]): Promise<BlobCopies> {
    const progress = new Progress('blobs', manifest.blobs.count);
    const copies = await new CopyBlobs().execute({
      rows: blobsIn(path.join(folder, LIST_FILE)),
      from: this.backups.blobs,
      to: this.storage,
      isDeep: false,
      atOnce: AT_ONCE,
      isStopping: () => this.signal.aborted,
      onDone: () => progress.add(1),
      onFault: (fault) => faults.push(fault),
    });
    progress.end();
    this.signal.throwIfAborted();
    return copies;
  }

  private load(url: string, snapshot: Snapshot): Promise<Loaded> {
    return loadDatabase({ url, entities }, async ({ client, migrate }) => {
      await migrate(snapshot.manifest.migration);
      await client.query(COPY_SETTINGS);
      await requireSameTables(client, snapshot);
      const rows = await loosened(client, () => this.loadTables(client, snapshot));
      await setCounters(client, snapshot.manifest.counters);
      await migrate(null);
      this.signal.throwIfAborted();
      const mails = new RestoredMails(client);
      if (this.options.holdMails) return { rows, mails: { queued: 0, held: await mails.hold(this.clock.now()) } };
      return { rows, mails: { queued: await mails.queue(), held: 0 } };
    });
  }

  private async loadTables(client: ClientBase, { folder, manifest }: Snapshot): Promise<number> {
    const progress = new Progress('tables', manifest.tables.length);
    let rows = 0;
    for (const table of manifest.tables) {
      await client.query(`delete from "${table.name}"`); // what a migration puts into an empty database is in the copy
      const loaded = await loadTable(client, table, tableFile(folder, table), this.signal);
      if (loaded !== table.rows) throw new Error(`${table.name} has ${loaded} rows instead of ${table.rows}`);
      rows += loaded;
      progress.add(1);
    }
    progress.end();
    return rows;
  }
}

/** The schema that the migrations make must be the one from which the rows came. @throws Error when it is not */
async function requireSameTables(client: ClientBase, { name, manifest }: Snapshot): Promise<void> {
  const shape = (tables: readonly { readonly name: string; readonly columns: readonly string[] }[]) =>
    new Map(tables.map((table) => [table.name, [...table.columns].sort().join()]));
  const [here, there] = [shape(await tablesIn(client)), shape(manifest.tables)];
  for (const [table, columns] of there)
    if (here.get(table) !== columns)
      throw new Error(`the snapshot ${name} has another table ${table} than ${manifest.migration}`);
  const missing = copied(await tablesIn(client)).find(
    (table) => !there.has(table.name) && !(table.name in manifest.leftOut),
  );
  if (missing) throw new Error(`the snapshot ${name} is without the table ${missing.name}`);
}
