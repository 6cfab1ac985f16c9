import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseAccount, give, run, type Account } from './account.js';
import { findBinaries, type Binaries } from './binaries.js';
import { messageOf } from './failures.js';

/** The role that owns the files; the application signs in as another one, see `session.ts`. */
export const superuser = 'postgres';

/** A PostgreSQL cluster on disk and what it takes to run it; directories are absolute and free of symbolic links. */
export interface Cluster {
  readonly dataDir: string;
  /** PGDATA: `DATA_DIR/db/data`. */
  readonly data: string;
  /** `DATA_DIR/db/postgres.log`. */
  readonly logFile: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly account: Account;
}

const passwordFile = 'portico-password';
const attemptPrefix = 'init-';
const removedSuffix = '.removed';
/** initdb takes seconds; past this age an attempt has been killed. */
const attemptAgeMs = 10 * 60_000;

/**
 * Answers the cluster below `dataDir`, which is made when there is none. Safe in several processes at once.
 * @throws Error when it belongs to another major version, is damaged, or cannot be made
 */
export async function prepareCluster(dataDir: string, log: (message: string) => void): Promise<Cluster> {
  const binaries = findBinaries();
  await mkdir(path.join(dataDir, 'db'), { recursive: true });
  const home = await realpath(dataDir);
  const root = path.join(home, 'db');
  const account = await chooseAccount(binaries.postgres, root);
  if (((await stat(root)).mode & 0o077) !== 0) await chmod(root, 0o700);
  const data = path.join(root, 'data');
  await removeOldAttempts(root, log);
  if (!existsSync(path.join(data, 'PG_VERSION'))) await makeCluster(root, data, { binaries, account, log });
  await checkVersion(data, binaries);
  return {
    dataDir: home,
    data,
    logFile: path.join(root, 'postgres.log'),
    password: await readPassword(data),
    binaries,
    account,
  };
}

/**
 * Makes the cluster beside its place and moves it there: of several processes at once one wins, and the password,
 * which lies inside, moves with the cluster that knows it.
 */
async function makeCluster(
  root: string,
  data: string,
  { binaries, account, log }: { binaries: Binaries; account: Account; log: (message: string) => void },
): Promise<void> {
  const attempt = path.join(root, `${attemptPrefix}${randomBytes(6).toString('hex')}`);
  const made = path.join(attempt, 'data');
  const password = path.join(attempt, passwordFile);
  log(`Making a PostgreSQL ${binaries.majorVersion} database in ${data}`);
  try {
    await mkdir(attempt, { mode: 0o700 });
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
    await give(account, attempt);
    await give(account, password);
    await run(account, binaries.initdb, [
      ...['-D', made, '-U', superuser, `--pwfile=${password}`, '-A', 'scram-sha-256', '--no-instructions'],
      // sorts by code point on every platform, and knows upper and lower case beyond ASCII
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]);
    await rename(password, path.join(made, passwordFile));
    await syncDirectory(made);
    await rename(made, data);
    await syncDirectory(root);
  } catch (error) {
    // another process was faster, and may have removed this attempt; its cluster is as good as ours
    if (existsSync(path.join(data, 'PG_VERSION'))) return;
    if (existsSync(data)) throw new Error(`${data} is neither empty nor a PostgreSQL cluster`, { cause: error });
    throw error;
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
}

/** Removes what killed attempts left. Moved away first: the owner of a living one fails cleanly and looks again. */
async function removeOldAttempts(root: string, log: (message: string) => void): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(attemptPrefix)) continue;
    const attempt = path.join(root, name);
    const removed = name.endsWith(removedSuffix) ? attempt : `${attempt}${removedSuffix}`;
    try {
      if (Date.now() - (await stat(attempt)).mtimeMs < attemptAgeMs) continue;
      if (attempt !== removed) await rename(attempt, removed);
      await rm(removed, { recursive: true, force: true });
    } catch (error) {
      // another process may be removing it too; nothing but disk space depends on it
      if (existsSync(attempt)) log(`Could not remove ${attempt}: ${messageOf(error)}`);
    }
  }
}

async function checkVersion(data: string, binaries: Binaries): Promise<void> {
  const version = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim();
  if (version === binaries.majorVersion) return;
  throw new Error(
    `${data} belongs to PostgreSQL ${version}, but the installed one is PostgreSQL ${binaries.majorVersion}: ` +
      'move the data with pg_dump, or install the version of Portico that made it',
  );
}

async function readPassword(data: string): Promise<string> {
  const file = path.join(data, passwordFile);
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new Error(`The password of the embedded database cannot be read from ${file}`, { cause: error });
  }
}

async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return; // directories cannot be opened there
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
