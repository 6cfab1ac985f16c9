import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import path from 'node:path';
import { noEmbeddedPostgres } from './binaries.js';
import { messageOf } from './failures.js';
import { findLivePostmaster } from './postmaster-file.js';

/**
 * On whose behalf PostgreSQL's programs run. They refuse to run as root, so root runs them in a user namespace in
 * which it has another name, or as another user.
 */
export interface Account {
  readonly description: string;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const ourselves: Account = { description: 'this user', prefix: [] };
const namespace: Account = {
  description: 'root in a user namespace',
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'],
};

/**
 * Picks the account that runs the cluster in `directory`; with the fallback to another user, the directory and all
 * in it are given to that user.
 * @throws Error when no account can run `postgres`, or the directory is another user's
 */
export async function chooseAccount(postgres: string, directory: string): Promise<Account> {
  const uid = process.getuid?.(); // there are none on Windows
  const isRoot = uid === 0;
  const owner = await stat(directory);
  if (uid !== undefined && !isRoot && owner.uid !== uid) {
    throw new Error(`${directory} belongs to another user (${owner.uid}): run as that user, or set another DATA_DIR`);
  }
  const refusals: string[] = [];
  for (const account of isRoot ? await rootsChoice(owner.uid, owner.gid) : [ourselves]) {
    try {
      await run(account, postgres, ['--version']);
    } catch (error) {
      refusals.push(`as ${account.description}: ${messageOf(error)}`);
      continue;
    }
    if (account.uid !== undefined && owner.uid !== account.uid) {
      const running = findLivePostmaster(path.join(directory, 'data'));
      if (running) throw new Error(`${directory} is in use by a PostgreSQL of another user (process ${running.pid})`);
      await run(ourselves, 'chown', ['-R', `${account.uid}:${account.gid ?? account.uid}`, directory]);
    }
    return account;
  }
  throw noEmbeddedPostgres(refusals.join('; '));
}

/** Gives a file or directory, just made by this process, to the account. */
export async function give(account: Account, file: string): Promise<void> {
  if (account.uid !== undefined) await chown(file, account.uid, account.gid ?? account.uid);
}

/**
 * Runs a program to its end and answers what it printed.
 * @throws Error with the last line of the output when it cannot run or does not exit with 0
 */
export async function run(account: Account, program: string, args: readonly string[]): Promise<string> {
  const child = start(account, program, args, ['ignore', 'pipe', 'pipe']);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) throw new Error(`${program} failed (${code}): ${output.trim().split('\n').at(-1)}`);
  return output;
}

/** Starts a program in a process group of its own, so that Ctrl-C in a terminal does not reach it. */
export function start(account: Account, program: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return spawn(command, rest, {
    stdio,
    detached: true,
    windowsHide: true,
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: environment(),
  });
}

/** PostgreSQL's programs obey many variables (PGPORT, PGDATA, LC_*, TZ); the user's must not change the cluster. */
function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  return env;
}

async function rootsChoice(ownerUid: number, ownerGid: number): Promise<Account[]> {
  // a cluster made by an ordinary user must stay usable for that user
  if (ownerUid !== 0) return [{ description: `user ${ownerUid}`, prefix: [], uid: ownerUid, gid: ownerGid }];
  const choice = [namespace];
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number(await run(ourselves, 'id', ['-u', name]));
      const gid = Number(await run(ourselves, 'id', ['-g', name]));
      choice.push({ description: `user ${name}`, prefix: [], uid, gid });
    } catch {
      // there is no such user on this machine
    }
  }
  return choice;
}
