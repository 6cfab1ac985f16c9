import { readFileSync, readlinkSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { hasCode } from './failures.js';

/** PostgreSQL makes the file and fills it at once. */
const fillingMs = 10_000;

/** What PostgreSQL's lock file `postmaster.pid` says about the server that runs, or ran, in a data directory. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** It takes connections; if not, it is starting, recovering or stopping. */
  readonly isReady: boolean;
}

/** The lock file of `data`, or undefined when there is none, it is half written, or its process is gone. */
export function findLivePostmaster(data: string): PostmasterFile | undefined {
  const file = readLockFile(data);
  return file && isPostmaster(file.pid, data) ? file : undefined;
}

/** The port of the cluster's last start, or undefined when it never started. */
export function findLastPort(data: string): number | undefined {
  const match = /"-p" "(\d+)"/.exec(readIfPresent(path.join(data, 'postmaster.opts')) ?? '');
  return match ? Number(match[1]) : undefined;
}

/**
 * Removes a lock file that would keep PostgreSQL from starting for no reason: its process id now belongs to a foreign
 * process, as after a restart of a container, or it was never filled, as after a power failure. PostgreSQL's second
 * interlock, on shared memory, still guards against left-over backends.
 */
export function removeStaleLockFile(data: string): void {
  const file = path.join(data, 'postmaster.pid');
  const isStale = () => {
    const content = readIfPresent(file);
    if (content === '') return Date.now() - statSync(file).mtimeMs > fillingMs;
    const lock = readLockFile(data);
    // a dead process's file is PostgreSQL's own business
    return lock !== undefined && exists(lock.pid) && !isPostmaster(lock.pid, data);
  };
  // asked again with nothing in between: another process may have started PostgreSQL meanwhile
  if (isStale() && isStale()) unlinkSync(file);
}

function readLockFile(data: string): PostmasterFile | undefined {
  // pid, data directory, start time, port, socket directory, address, shared memory, status
  const lines = readIfPresent(path.join(data, 'postmaster.pid'))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port, isReady: lines[7]?.trim() === 'ready' } : undefined;
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Process ids are used again; only Linux lets us see whose it is, elsewhere a living process is believed. */
function isPostmaster(pid: number, data: string): boolean {
  if (!exists(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const [, name, state] = /^\d+ \((.*)\) (\w)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    if (name !== 'postgres' || state === 'Z') return false;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return false; // it ended just now
    throw error;
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return true; // hidden from this user, or ended just now: the connection will tell
  }
}
