import path from 'node:path';
import type { SecretKey } from '../../platform/config/secret-key.js';
import { findKeyIn } from '../../platform/config/secret-key.js';
import { hashFile, tableFile, type WrittenFile } from '../../platform/database/copies/table-file.js';
import { Progress } from '../progress.js';
import type { BackupFolder } from './backup-folder.js';
import type { Manifest } from './manifest.js';
import { keyFileIn } from './make-backup.js';
import { LIST_FILE } from './prune.js';

/** A whole snapshot in a folder of backups. */
export interface Snapshot {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Finds the snapshot of that name, or with null the newest.
 * @throws Error when there is none, or this version can't restore it
 */
export async function findSnapshot(
  backups: BackupFolder,
  asked: string | null,
  knownMigrations: readonly string[],
): Promise<Snapshot> {
  const names = await backups.names();
  const name = asked ?? names.at(-1);
  if (name === undefined) throw new Error(`${backups.root} holds no backup`);
  if (!names.includes(name)) throw new Error(`${backups.root} holds no snapshot ${name}; it holds ${names.join(', ')}`);
  return { name, folder: backups.folderOf(name), manifest: await backups.manifest(name, knownMigrations) };
}

/** Makes sure that each of its files is as it was written. @throws Error naming the first that is not */
export async function requireWholeFiles({ name, folder, manifest }: Snapshot, signal: AbortSignal): Promise<void> {
  const files = [
    ...manifest.tables.map((table) => ({ file: tableFile(folder, table), written: table })),
    { file: path.join(folder, LIST_FILE), written: manifest.blobs.list },
  ];
  const progress = new Progress('files checked', files.length);
  for (const { file, written } of files) {
    const found = await foundIn(file, signal);
    if (found?.sha256 !== written.sha256)
      throw new Error(
        `the snapshot ${name} is damaged: ${file} is ${found ? 'not as it was written' : 'missing'}; nothing was changed`,
      );
    progress.add(1);
  }
  progress.end();
}

async function foundIn(file: string, signal: AbortSignal): Promise<WrittenFile | null> {
  try {
    return await hashFile(file, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Answers what has to be put in the place of the key: the snapshot's own file when there is no key yet, null when the
 * right one is there.
 * @throws Error when there is another key, or none and the snapshot does not hold it
 */
export async function missingKey({ folder, manifest }: Snapshot, present: SecretKey | null): Promise<string | null> {
  const { fingerprint, isIncluded } = manifest.key;
  if (present) {
    if (present.fingerprint === fingerprint) return null;
    throw new Error('the secret key is not the one with which the backup was made; nothing was changed');
  }
  if (!isIncluded)
    throw new Error('the backup does not hold the secret key: set SECRET_KEY to the one with which it was made');
  const file = keyFileIn(folder);
  if ((await findKeyIn(file))?.fingerprint !== fingerprint)
    throw new Error(`${file} is missing or damaged: set SECRET_KEY to the key with which the backup was made`);
  return file;
}
