import path from 'node:path';
import { inStep } from '@portico/domain/files';
import { type BackupFolder, tooMany } from './backup-folder.js';
import { blobsIn, inAny } from './blob-list.js';

/** The list of blobs in the folder of a snapshot. */
export const LIST_FILE = 'blobs.tsv.gz';

export interface Pruned {
  readonly snapshots: readonly string[];
  readonly blobs: number;
}

/** Keeps the newest snapshots, so many of them, and of the blobs those that one of these needs; null keeps everything. */
export async function prune(folder: BackupFolder, keep: number | null): Promise<Pruned> {
  if (keep === null) return { snapshots: [], blobs: 0 };
  const snapshots = tooMany(await folder.names(), keep);
  for (const name of snapshots) await folder.remove(name);
  const lists = (await folder.names()).map((name) => blobsIn(path.join(folder.folderOf(name), LIST_FILE)));
  let blobs = 0;
  for await (const [needed, entry] of inStep(inAny(lists), folder.blobs.entries())) {
    if (needed !== null || entry === null) continue;
    await folder.blobs.remove(entry.key);
    blobs++;
  }
  return { snapshots, blobs };
}
