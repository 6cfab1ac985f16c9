import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type ByteRange, type GiveBytes, type TakeBytes, WrongBytes } from '@portico/domain/kernel';

const READ_CHUNK = 256 * 1024;
const WRITE_BUFFER = 1024 * 1024;

/** Makes the names in `directory` survive a power cut, as fsync does for the bytes of a file. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes `source` to the new file `file`, hashing it on the way; when it answers, bytes and name survive a power cut.
 * @throws the error of the disk or of the source; a half-written file is left to the caller
 */
export async function writeDurably(source: Readable, file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const sink = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true, highWaterMark: WRITE_BUFFER });
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  // not a pipeline: a failing disk must not end the source with an error of its own, and hide which one counts
  finished(source, { writable: false }).catch((error: Error) => sink.destroy(error));
  await finished(source.pipe(sink)); // flushed and closed, whatever happened
  await syncDirectory(path.dirname(file));
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Writes what `give` gives to the new file `file`, hashing it on the way; when it answers, the bytes survive a power cut
 * and the name does once its directory is synced.
 * @throws the error of the disk or what `give` throws; a half-written file is left to the caller
 */
export async function writeGiven(give: GiveBytes, file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    await give(async (piece) => {
      hash.update(piece);
      for (let done = 0; done < piece.length;) done += (await handle.write(piece, done)).bytesWritten;
      bytes += piece.length;
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Hands `range` of `file` to `take`. A piece is read while the one before it is taken, into the same two buffers again
 * and again: a new buffer for each piece keeps the garbage collector busy for longer than the sending takes.
 * @throws WrongBytes when the file ends before the range does
 */
export async function readAhead(file: FileHandle, { start, end }: ByteRange, take: TakeBytes): Promise<void> {
  const size = Math.min(READ_CHUNK, end + 1 - start);
  let [free, taken] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)];
  let taking = Promise.resolve();
  for (let position = start; position <= end;) {
    const reading = file.read(free, 0, Math.min(size, end + 1 - position), position);
    const [{ bytesRead }] = await Promise.all([reading, taking]);
    if (bytesRead === 0) throw new WrongBytes('a blob is shorter than its row says');
    taking = take(free.subarray(0, bytesRead));
    position += bytesRead;
    [free, taken] = [taken, free];
  }
  await taking;
}
