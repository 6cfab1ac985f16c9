import type { CopyFault } from '@portico/domain/files';
import type { BlobKey } from '@portico/domain/kernel';
import type { DumpedTable } from '../../platform/database/copies/dump.js';
import type { WrittenFile } from '../../platform/database/copies/table-file.js';
import type { Counter } from '../../platform/database/copies/tables.js';

/** Of the files in a backup. A higher one is of a later version; lower ones are understood for ever. */
export const FORMAT = 1;

/** What a snapshot consists of, and everything that is needed to tell whether it is whole. */
export interface Manifest {
  readonly format: number;
  /** The version of Portico that made it. */
  readonly portico: string;
  /** In UTC, `YYYY-MM-DDThh:mm:ssZ`. */
  readonly takenAt: string;
  /** The latest migration of the schema. */
  readonly migration: string;
  /** The version of the PostgreSQL server. */
  readonly postgres: string;
  /** The installation's own key: a fingerprint of it, and whether the snapshot holds it. */
  readonly key: { readonly fingerprint: string; readonly isIncluded: boolean };
  readonly tables: readonly DumpedTable[];
  readonly counters: readonly Counter[];
  /** Tables whose rows are not in it, each with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  readonly blobs: {
    readonly count: number;
    readonly bytes: number;
    readonly list: WrittenFile;
    /** Those that could not be copied when the snapshot was made. */
    readonly faults: readonly { readonly key: BlobKey; readonly fault: CopyFault }[];
  };
}

/**
 * Reads a manifest, and makes sure that this version can restore what it describes.
 * @throws Error that says why it can't
 */
export function manifestOf(text: string, knownMigrations: readonly string[]): Manifest {
  const manifest = parsed(text);
  if (typeof manifest.format !== 'number' || manifest.format < 1) throw new Error('its manifest is damaged');
  if (manifest.format > FORMAT) throw newer(manifest, `the format ${manifest.format}`);
  if (!isWhole(manifest)) throw new Error('its manifest is damaged');
  if (!knownMigrations.includes(manifest.migration)) throw newer(manifest, `the migration ${manifest.migration}`);
  return manifest;
}

function parsed(text: string): Partial<Manifest> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    throw new Error('its manifest is damaged');
  }
}

const newer = ({ portico }: Partial<Manifest>, what: string) =>
  new Error(`it was made by a later version (${portico ?? 'unknown'}): this one does not know ${what}`);

function isWhole(manifest: Partial<Manifest>): manifest is Manifest {
  const { portico, takenAt, migration, postgres, key, tables, counters, blobs } = manifest;
  return (
    [portico, takenAt, migration, postgres, key?.fingerprint].every((text) => typeof text === 'string') &&
    typeof key?.isIncluded === 'boolean' &&
    Array.isArray(tables) &&
    tables.length > 0 &&
    tables.every((table: Partial<DumpedTable>) => isTable(table)) &&
    Array.isArray(counters) &&
    counters.every((counter: Partial<Counter>) => isCounter(counter)) &&
    blobs !== undefined &&
    isCount(blobs.count) &&
    isCount(blobs.bytes) &&
    isFile(blobs.list) &&
    Array.isArray(blobs.faults)
  );
}

/** The name becomes part of a path, and of SQL. */
function isTable({ name, columns, rows, ...file }: Partial<DumpedTable>): boolean {
  const areNames = Array.isArray(columns) && columns.every((column) => typeof column === 'string');
  return typeof name === 'string' && /^[a-z][a-z0-9_]*$/.test(name) && areNames && isCount(rows) && isFile(file);
}

function isCounter({ table, column, last, isUsed }: Partial<Counter>): boolean {
  return typeof table === 'string' && typeof column === 'string' && /^\d+$/.test(last ?? '') && isUsed !== undefined;
}

const isFile = (file: Partial<WrittenFile> | undefined): boolean =>
  isCount(file?.bytes) && /^[0-9a-f]{64}$/.test(file?.sha256 ?? '');

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
