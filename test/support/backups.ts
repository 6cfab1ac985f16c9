import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { FilesApi } from './files-api.js';
import { OperatorProcess } from './operator-process.js';
import { PorticoServer } from './portico-server.js';
import { copyDatabase, type DatabaseCopy, suites } from './suites.js';
import { until } from './until.js';

const CLI = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');

/** What the commands tell of blobs. */
interface BlobCounts {
  readonly copied: number;
  readonly present: number;
  readonly missing: number;
  readonly damaged: number;
}

export interface BackupReport {
  readonly snapshot: string;
  readonly migration: string;
  readonly rows: number;
  readonly secretKey: string;
  readonly blobs: BlobCounts;
  readonly faults: readonly { readonly fault: string; readonly key: string }[];
  readonly removed: { readonly snapshots: readonly string[]; readonly blobs: number };
}

export interface RestoreReport {
  readonly snapshot: string;
  readonly migration: { readonly from: string; readonly to: string };
  readonly rows: number;
  readonly secretKey: string;
  readonly mails: { readonly queued: number; readonly held: number };
  readonly blobs: BlobCounts;
  readonly storage: { readonly checked: number; readonly missing: number; readonly orphaned: number };
}

/** Runs `portico` and answers what it said with `--json`. @throws Error with its last words when it failed */
export async function reported<T>(operator: Pick<OperatorProcess, 'run'>, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await operator.run([...args, '--json']);
  if (code !== 0) throw new Error(`portico ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** An installation with an empty database, into which a backup can be restored. */
export class EmptyInstallation {
  readonly operator: OperatorProcess;

  private constructor(
    readonly home: string,
    readonly environment: NodeJS.ProcessEnv,
    private readonly copy: DatabaseCopy,
  ) {
    this.operator = OperatorProcess.of(environment);
  }

  static async make(env: NodeJS.ProcessEnv = {}): Promise<EmptyInstallation> {
    const copy = await copyDatabase();
    const home = await mkdtemp(path.join(tmpdir(), 'portico-empty-'));
    const environment = {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_COMPILE_CACHE: suites().compiled },
      ...{ DATA_DIR: home, DATABASE_URL: copy.url, SECRET_KEY: randomBytes(32).toString('base64') },
      ...{ PORT: '0', RATE_LIMIT_PER_MINUTE: '0' },
      ...env,
    };
    return new EmptyInstallation(home, environment, copy);
  }

  restore(from: string, ...options: string[]): Promise<RestoreReport> {
    return reported(this.operator, 'restore', from, ...options);
  }

  /** Why it was not restored. @throws Error when it was, or ended otherwise than with 1 */
  async refusal(from: string, ...options: string[]): Promise<string> {
    const { code, stderr } = await this.operator.run(['restore', from, ...options]);
    if (code !== 1) throw new Error(`the restore ended with ${code}: ${stderr}`);
    return stderr;
  }

  async query<Row extends object>(text: string): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.environment['DATABASE_URL'] });
    await client.connect();
    return client;
  }

  /** How many files lie in its blob folder, whole or not. */
  async blobFiles(): Promise<number> {
    const folder = path.join(this.home, 'blobs');
    await mkdir(folder, { recursive: true });
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  }

  /** A server on it, which uses it up. */
  start(credentials: PorticoServer['credentials']): Promise<PorticoServer> {
    return PorticoServer.start({ dataDir: this.home, env: this.environment, credentials });
  }

  async remove(): Promise<void> {
    this.operator.end();
    await this.copy.remove();
    await rm(this.home, { recursive: true, force: true });
  }
}

/**
 * Runs `portico` in a process of its own until `isThere` says that it waits for a lock that somebody holds, and kills it
 * there.
 */
export async function killedAt(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...args], { env: environment, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await until('the command waits', isThere, 30);
  child.kill('SIGKILL');
  await ended;
}

/** Whether a statement waits for the lock of somebody else in the database of `client`. */
export async function somebodyWaitsOn(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and not l.granted`,
  );
  return rows.length > 0;
}

/** Runs `work` while files are uploaded and archived. */
export async function underWrites<T>(api: FilesApi, work: () => Promise<T>): Promise<T> {
  let isDone = false;
  const write = async () => {
    for (let n = 0; !isDone; n++) {
      const { id } = await api.create(`during ${n}.txt`);
      if (n % 3 === 0) await api.archive(id);
    }
  };
  const writing = write();
  try {
    return await work();
  } finally {
    isDone = true;
    await writing;
  }
}

/** Changes the last byte of a file. */
export async function alter(file: string): Promise<void> {
  const bytes = await readFile(file);
  const at = bytes.length - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
