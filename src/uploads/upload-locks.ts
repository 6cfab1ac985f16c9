import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Lock, Locker } from '@tus/server';
import pg from 'pg';
import type { Logger } from 'pino';
import { DomainError } from '@portico/domain/kernel';
import { uploadErrors } from '@portico/domain/uploads';

const CHANNEL = 'portico_uploads';
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 200;
const RECONNECT_MS = 1000;

const TRY = 'select pg_try_advisory_lock($1::bigint) as taken';
const UNLOCK = 'select pg_advisory_unlock($1::bigint)';
const NOTIFY = 'select pg_notify($1, $2)';

type Cancel = () => Promise<void> | void;

/**
 * One request at a time on an upload, on whichever instance: session locks of PostgreSQL on one connection of each
 * instance, which end with it, also when it is killed. A request that waits asks the one before it to come to its end,
 * which may hang on a connection that is cut.
 */
export class UploadLocks implements Locker, OnApplicationBootstrap, OnApplicationShutdown {
  /** What this instance holds, or is about to. */
  private readonly held = new Map<string, Cancel>();
  private client: pg.Client | null = null;
  private connecting: Promise<pg.Client> | null = null;
  private reconnect: NodeJS.Timeout | null = null;
  private isStopped = false;
  private asked: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.connected().catch(() => undefined); // it is tried again, and each request that needs it says so
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    if (this.reconnect) clearTimeout(this.reconnect);
    await this.client?.end();
  }

  newLock(id: string): Lock {
    let holding: Cancel | null = null;
    return {
      lock: async (signal, cancel) => {
        await this.take(id, signal, cancel);
        holding = cancel;
      },
      unlock: async () => {
        if (holding) await this.giveBack(id, holding);
      },
    };
  }

  /** @throws DomainError `upload_in_use` when whoever holds it does not let go of it in time, `database_unavailable` */
  private async take(id: string, signal: AbortSignal, cancel: Cancel): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await this.tryToTake(id, cancel))) {
      if (Date.now() > end || signal.aborted) throw uploadErrors.inUse();
      await this.askToEnd(id);
      await pause(LOOK_EVERY_MS);
    }
  }

  private async tryToTake(id: string, cancel: Cancel): Promise<boolean> {
    if (this.held.has(id)) return false;
    this.held.set(id, cancel); // before anything is waited for: the session would give the same lock twice
    try {
      await this.connected();
      if ((await this.ask(TRY, [keyOf(id)]))[0]?.['taken']) return true;
    } catch (error) {
      this.held.delete(id);
      throw unavailable(error);
    }
    this.held.delete(id);
    return false;
  }

  /** Unless it was lost, and may be another's by now. */
  private async giveBack(id: string, holding: Cancel): Promise<void> {
    if (this.held.get(id) !== holding) return;
    this.held.delete(id);
    await this.ask(UNLOCK, [keyOf(id)]).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the lock of an upload ends with its connection');
    });
  }

  /** Here, or on another instance. */
  private async askToEnd(id: string): Promise<void> {
    const cancel = this.held.get(id);
    if (cancel) await cancel();
    else await this.ask(NOTIFY, [CHANNEL, id]).catch(() => undefined); // asked again soon
  }

  /** One question after another, as the connection takes them. */
  private ask(text: string, values: readonly string[]): Promise<Record<string, unknown>[]> {
    const asking = this.asked.then(async () => {
      if (!this.client) throw new Error('there is no connection for the locks of uploads');
      return (await this.client.query<Record<string, unknown>>(text, [...values])).rows;
    });
    this.asked = asking.catch(() => undefined); // told by whoever asked
    return asking;
  }

  private connected(): Promise<pg.Client> {
    if (this.client) return Promise.resolve(this.client);
    this.connecting ??= this.connect().finally(() => (this.connecting = null));
    return this.connecting;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'portico uploads',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    });
    client.on('notification', ({ payload = '' }) => void this.held.get(payload)?.());
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.client = client;
    return client;
  }

  /** Others may take what was held: the requests that write are asked to end, and what they write then does not count. */
  private lost(client: pg.Client, error?: Error): void {
    if (this.client !== client) return;
    this.client = null;
    if (this.isStopped) return;
    this.logger.warn({ err: error, held: this.held.size }, 'the locks of uploads are lost');
    for (const cancel of this.held.values()) void cancel();
    this.held.clear();
    client.end().catch(() => undefined); // it is broken already; a new one takes its place
    this.reconnect = setTimeout(() => void this.connected().catch(() => undefined), RECONNECT_MS).unref();
  }
}

/** 64 bits of the random part of a UUID, signed: the key of its lock. */
function keyOf(id: string): string {
  return BigInt.asIntN(64, BigInt(`0x${id.replaceAll('-', '').slice(-16)}`)).toString();
}

function unavailable(cause: unknown): DomainError {
  const error = new DomainError('unavailable', 'database_unavailable', 'The database does not answer; try again');
  error.cause = cause;
  return error;
}
