import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { from, to } from 'pg-copy-streams';
import { quoted, type Table } from './tables.js';

/** A good part of what the best compression saves, at a fraction of its time. */
const COMPRESSION = { level: 3 };

/** The folder of the tables below that of a copy. */
export const TABLES = 'tables';

/** Where the rows of a table lie in the folder of a copy. */
export function tableFile(folder: string, { name }: Pick<Table, 'name'>): string {
  return path.join(folder, TABLES, `${name}.copy.gz`);
}

/** A file as it was written. */
export interface WrittenFile {
  readonly bytes: number;
  /** Of the file as it lies there, in lower-case hex. */
  readonly sha256: string;
}

/** Writes the rows of a table, as COPY gives them, compressed. Answers how many there are. */
export async function writeTable(
  client: ClientBase,
  { name, columns }: Table,
  file: string,
  signal: AbortSignal,
): Promise<WrittenFile & { readonly rows: number }> {
  const rows = client.query(to(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`));
  const written = await writeFile(rows, file, signal);
  await client.query('select'); // the number comes after the last row
  return { ...written, rows: rows.rowCount };
}

/** Writes what a statement that copies gives, compressed. */
export async function writeCopy(
  client: ClientBase,
  statement: string,
  file: string,
  signal: AbortSignal,
): Promise<WrittenFile> {
  return writeFile(client.query(to(statement)), file, signal);
}

/** Adds the rows in a file to a table. Answers how many there were. @throws Error when PostgreSQL refuses one */
export async function loadTable(
  client: ClientBase,
  { name, columns }: Table,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const into = client.query(from(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  await pipeline(createReadStream(file), createGunzip(), into, { signal });
  return into.rowCount;
}

/** The hash of a file as it lies there. @throws Error of the disk */
export async function hashFile(file: string, signal?: AbortSignal): Promise<WrittenFile> {
  const measure = new Measure();
  measure.resume();
  await pipeline(createReadStream(file), measure, { signal });
  return measure.result();
}

async function writeFile(rows: Readable, file: string, signal: AbortSignal): Promise<WrittenFile> {
  const measure = new Measure();
  const sink: Writable = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(rows, createGzip(COMPRESSION), measure, sink, { signal });
  return measure.result();
}

/** Counts and hashes what passes through. */
class Measure extends PassThrough {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    done(null, chunk);
  }

  result(): WrittenFile {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
