import { open } from 'node:fs/promises';

/** Makes the names in `directory` survive a power cut, as fsync does for the bytes of a file. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
