import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { DatabaseTakenError, hasCode, isOutage, messageOf } from './failures.js';
import { findFreePort } from './free-port.js';
import { findLastPort, findLivePostmaster } from './postmaster-file.js';
import { StartAttempt } from './postmaster.js';
import { Session, type Role } from './session.js';

/** How a server is reached; `port` when the cluster must run on this one. */
export interface Reach {
  readonly role: Role;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
  readonly port?: number;
}

/** What is seen of the cluster's server: none, one that starts, recovers or stops, one that does not answer. */
type Sight = 'absent' | 'busy' | 'silent';

const silenceMs = 30_000;
/** Recovery after a crash and the checkpoint of a stop go through up to 1 GB of log. */
const busyMs = 10 * 60_000;
const maxFailures = 3;

/**
 * Connects to the cluster's server, and starts one when there is none. Safe in several processes at once.
 * @throws Error quoting the log when PostgreSQL does not start; DatabaseTakenError when it cannot have `reach.port`;
 * AbortError on `reach.signal`. What this call started is stopped then.
 */
export async function openOrStart(cluster: Cluster, reach: Reach): Promise<Session> {
  const patience = new Patience(cluster, reach.log);
  let attempt: StartAttempt | undefined;
  try {
    for (let failures = 0; ;) {
      reach.signal.throwIfAborted();
      const sight = await look(cluster, reach.role);
      if (sight instanceof Session) return await accept(sight, cluster, reach, attempt);
      if (sight === 'absent' && attempt?.hasEnded) {
        const failure = await attempt.findFailure();
        attempt = undefined;
        if (failure && ++failures >= maxFailures) throw failure;
        await pause(100 + 100 * failures, undefined, { signal: reach.signal });
      } else if (sight === 'absent' && !attempt) {
        attempt = await StartAttempt.begin(cluster, reach.port ?? (await findFreePort(findLastPort(cluster.data))));
      }
      await patience.spend(sight, reach.signal);
    }
  } catch (error) {
    await attempt?.stop();
    throw error;
  }
}

/** Connects to the cluster's server if one runs; waits for one that is starting or stopping. */
export async function openRunning(cluster: Cluster, reach: Omit<Reach, 'port'>): Promise<Session | undefined> {
  const patience = new Patience(cluster, reach.log);
  for (;;) {
    const sight = await look(cluster, reach.role);
    if (sight instanceof Session) return sight;
    if (sight === 'absent') return undefined;
    await patience.spend(sight, reach.signal);
  }
}

async function look(cluster: Cluster, role: Role): Promise<Session | Sight> {
  const postmaster = findLivePostmaster(cluster.data);
  if (!postmaster) return 'absent';
  if (!postmaster.isReady) return 'busy';
  try {
    return await Session.open(cluster, postmaster.port, role);
  } catch (error) {
    if (hasCode(error, '57P03', '53300')) return 'busy';
    if (isOutage(error)) return 'silent';
    const who = `PostgreSQL of ${cluster.data} (process ${postmaster.pid})`;
    throw new Error(`${who} refuses: ${messageOf(error)}`, { cause: error });
  }
}

async function accept(session: Session, cluster: Cluster, reach: Reach, attempt?: StartAttempt): Promise<Session> {
  const { port } = session;
  if (reach.port !== undefined && reach.port !== port) {
    await session.close();
    throw new DatabaseTakenError(`PostgreSQL of ${cluster.data} now runs on port ${port} instead of ${reach.port}`);
  }
  const isOurs = attempt && !attempt.hasEnded;
  const how = isOurs ? `Started PostgreSQL ${cluster.binaries.majorVersion}` : 'Joined the running PostgreSQL';
  reach.log(`${how} on 127.0.0.1:${port} (${cluster.data}, as ${cluster.account.description})`);
  return session;
}

/** How long to wait for a server, by what is seen of it. */
class Patience {
  private readonly cluster: Cluster;
  private readonly log: (message: string) => void;
  private readonly beganAt = performance.now();
  private silentSince = performance.now();
  private saidAt = performance.now();

  constructor(cluster: Cluster, log: (message: string) => void) {
    this.cluster = cluster;
    this.log = log;
  }

  async spend(sight: Sight, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    if (sight === 'busy') this.silentSince = now;
    if (now - this.silentSince > silenceMs || now - this.beganAt > busyMs) {
      throw new Error(`PostgreSQL of ${this.cluster.data} does not answer, see ${this.cluster.logFile}`);
    }
    if (now - this.saidAt > 10_000) {
      this.saidAt = now;
      this.log(`Waiting for PostgreSQL: it is starting, recovering or stopping (see ${this.cluster.logFile})`);
    }
    await pause(25, undefined, { signal });
  }
}
