import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, rename, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { give, run, start } from './account.js';
import type { Cluster } from './cluster.js';
import { DatabaseTakenError, hasCode } from './failures.js';
import { findLivePostmaster, removeStaleLockFile } from './postmaster-file.js';

const maxLogBytes = 10 * 1024 * 1024;
const logTailBytes = 64 * 1024;
const stopPatienceMs = 10_000;

/** fsync and synchronous_commit keep their default: on. */
const settings: Readonly<Record<string, string | number>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 60,
  shared_buffers: `${sharedBuffersMb()}MB`,
  wal_buffers: '16MB',
  max_wal_size: '1GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // the application reports its own failed queries; here they would fill the disk, with personal data in their details
  log_checkpoints: 'off',
  log_min_error_statement: 'fatal',
  log_error_verbosity: 'terse',
};

/** A quarter of the memory that the process may use, as PostgreSQL's manual advises, within bounds. */
function sharedBuffersMb(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.round(Math.min(1024, Math.max(128, memory / 4 / 2 ** 20)));
}

/** One try to start `postgres` on a cluster. PostgreSQL's own lock file decides between several at once. */
export class StartAttempt {
  private readonly cluster: Cluster;
  private readonly child: ChildProcess;
  private readonly port: number;
  private readonly logOffset: number;
  private spawnError?: Error;

  private constructor(cluster: Cluster, child: ChildProcess, port: number, logOffset: number) {
    this.cluster = cluster;
    this.child = child;
    this.port = port;
    this.logOffset = logOffset;
    child.once('error', (error) => (this.spawnError = error));
    child.unref();
  }

  static async begin(cluster: Cluster, port: number): Promise<StartAttempt> {
    removeStaleLockFile(cluster.data);
    await rotateLog(cluster.logFile);
    const log = await open(cluster.logFile, 'a', 0o600);
    try {
      await give(cluster.account, cluster.logFile);
      const { size } = await log.stat();
      const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const args = ['-D', cluster.data, '-p', String(port), ...options];
      const child = start(cluster.account, cluster.binaries.postgres, args, ['ignore', log.fd, log.fd]);
      return new StartAttempt(cluster, child, port, size);
    } finally {
      await log.close();
    }
  }

  get hasEnded(): boolean {
    return this.spawnError !== undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Why it ended; undefined when another process was faster, or a killed server's processes are still ending. */
  async findFailure(): Promise<Error | undefined> {
    const text = await this.readLog();
    if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(text)) return undefined;
    if (/Address already in use/i.test(text)) {
      return new DatabaseTakenError(`Port ${this.port} of 127.0.0.1 is in use by another program`);
    }
    const lines = text.trim().split('\n');
    const last = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1);
    const reason = this.spawnError?.message ?? (last || `exit ${this.child.exitCode ?? this.child.signalCode}`);
    return new Error(`PostgreSQL did not start, see ${this.cluster.logFile}: ${reason}`, { cause: this.spawnError });
  }

  /** The last lines of PostgreSQL's log since this attempt began. */
  async readLog(): Promise<string> {
    const log = await open(this.cluster.logFile, 'r');
    try {
      const { size } = await log.stat();
      // another process may have begun a new log meanwhile
      const from = Math.max(this.logOffset > size ? 0 : this.logOffset, size - logTailBytes);
      const { buffer, bytesRead } = await log.read(Buffer.alloc(Math.max(1, size - from)), 0, size - from, from);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await log.close();
    }
  }

  /** Stops what was started, also when it does not take connections yet. */
  async stop(): Promise<void> {
    this.child.ref(); // nothing else may keep this process alive until the child ended
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
      if (this.hasEnded) return;
      this.child.kill(signal);
      try {
        await once(this.child, 'exit', { signal: AbortSignal.timeout(stopPatienceMs) });
      } catch (error) {
        if (!hasCode(error, 'ABORT_ERR')) throw error; // not in time: the stronger signal follows
      }
    }
  }
}

/**
 * Stops the server that runs on the cluster and waits for it.
 * @throws Error when it does not stop within a minute
 */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  try {
    const args = ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '60'];
    await run(cluster.account, cluster.binaries.pgCtl, args);
  } catch (error) {
    if (findLivePostmaster(cluster.data)) throw error; // else it ended by itself
  }
}

async function rotateLog(file: string): Promise<void> {
  try {
    if ((await stat(file)).size > maxLogBytes) await rename(file, `${file}.1`);
  } catch (error) {
    // there is none yet, or another process just renamed it
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
