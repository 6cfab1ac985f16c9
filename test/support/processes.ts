import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from './until.js';

/** Whether the process runs; one that ended and was not waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return process.platform !== 'linux' || stateOf(pid) !== 'Z';
}

/** The process of the embedded PostgreSQL of `dataDir`; undefined when none runs. */
export function postmasterOf(dataDir: string): number | undefined {
  const file = path.join(dataDir, 'db', 'data', 'postmaster.pid');
  const pid = Number(readIfPresent(file)?.split('\n')[0]);
  return pid > 0 && isRunning(pid) && nameOf(pid) !== 'other' ? pid : undefined;
}

/** SIGKILL for the embedded PostgreSQL of `dataDir` and all its backends, as in a power cut; waits for their end. */
export async function killPostgres(dataDir: string): Promise<void> {
  const postmaster = postmasterOf(dataDir);
  if (postmaster === undefined) return;
  const all = [postmaster, ...childrenOf(postmaster)];
  for (const pid of all) signal(pid, 'SIGKILL');
  await until(`end of PostgreSQL ${postmaster}`, () => !all.some(isRunning));
}

/** The processes that `pid` started; none where there is no /proc. */
export function childrenOf(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => Number(statOf(candidate)?.[2]) === pid);
}

/** Sends a signal to a process that may have ended meanwhile. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Process ids are used again: a lock file that was left behind may name somebody else's process. */
function nameOf(pid: number): 'postgres' | 'other' | 'unknown' {
  if (process.platform !== 'linux') return 'unknown';
  return statOf(pid)?.[0] === 'postgres' ? 'postgres' : 'other';
}

function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[1];
}

/** Name, state and parent. */
function statOf(pid: number): string[] | undefined {
  return /^\d+ \((.*)\) (\w) (\d+)/s.exec(readIfPresent(`/proc/${pid}/stat`) ?? '')?.slice(1);
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
