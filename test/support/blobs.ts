import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The files in the blob store of an installation, relative to its root. */
export async function blobsIn(dataDir: string): Promise<string[]> {
  const root = path.join(dataDir, 'blobs');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
