import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { superuser } from '../../src/platform/database/embedded/cluster.js';

/** What was made before all suites for all of them (`global-setup.mjs`). */
interface Suites {
  /** A data directory with a migrated embedded database that nobody uses. */
  readonly template: string;
  /** Where the servers keep what Node.js has compiled. */
  readonly compiled: string;
  /** A running PostgreSQL that is not about durability, and in it the migrated database that nobody uses. */
  readonly cluster: string;
  readonly shared: SharedServer;
}

export interface SharedServer {
  readonly url: string;
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The file with everything that it printed. */
  readonly log: string;
  /** The socket of the operator's command line. */
  readonly operator: string;
}

/** @throws Error without a build: what the suites share is made by it */
export function suites(): Suites {
  const told = process.env['PORTICO_SUITES'];
  if (told === undefined) throw new Error('there is no build: npm run build');
  return JSON.parse(told) as Suites;
}

/** Puts a copy of the migrated embedded database below `dataDir`. */
export function placeTemplate(dataDir: string): void {
  execFileSync('cp', ['-a', path.join(suites().template, 'db'), dataDir]);
}

/** A copy of the migrated database on the PostgreSQL of the suites. */
export interface DatabaseCopy {
  readonly url: string;
  remove(): Promise<void>;
}

export async function copyDatabase(): Promise<DatabaseCopy> {
  const template = new URL(suites().cluster);
  const name = `copy_${randomUUID().replaceAll('-', '')}`;
  await onCluster(`create database ${name} template ${template.pathname.slice(1)} owner ${template.username}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onCluster(`drop database ${name} with (force)`) };
}

/** As the superuser: only they can end the autovacuum of a database that goes. */
async function onCluster(statement: string): Promise<void> {
  const url = new URL(suites().cluster);
  url.username = superuser;
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
