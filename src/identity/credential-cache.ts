import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Caller } from '../platform/access/authenticator.js';

const CHANNEL = 'portico_credentials_changed';
const MAX_AGE_MS = 10_000;
const RECONNECT_MS = 1000;

/** Who it is, and for how long that may be believed at most. */
export interface Remembered {
  readonly caller: Caller;
  readonly maxAgeMs?: number;
}

/**
 * Remembers whom a credential names, so that most calls need no look at the database. The database tells at once when
 * any credential or user changes; while nobody listens for that, nothing is remembered.
 */
export class CredentialCache {
  private readonly callers = new LRUCache<string, Caller>({ max: 10_000, ttl: MAX_AGE_MS });
  private client: pg.Client | null = null;
  private reconnect: NodeJS.Timeout | null = null;
  private stopped = false;
  private listening = false;
  private generation = 0;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
  ) {}

  /** The key of the presented `parts`: secrets themselves are not kept. */
  static key(...parts: readonly string[]): string {
    return createHash('sha256').update(parts.join('\n')).digest('base64');
  }

  get(key: string): Caller | undefined {
    return this.callers.get(key);
  }

  /** Loads and remembers, for `maxAgeMs` at most. What changed while it was loading is not remembered. */
  async load(key: string, load: () => Promise<Remembered>): Promise<Caller> {
    const { generation } = this;
    const { caller, maxAgeMs = MAX_AGE_MS } = await load();
    if (this.listening && generation === this.generation && maxAgeMs > 0)
      this.callers.set(key, caller, { ttl: Math.min(maxAgeMs, MAX_AGE_MS) });
    return caller;
  }

  /** Knows nobody any more: the next call of each asks the database. */
  forget(): void {
    this.generation++;
    this.callers.clear();
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'portico credentials',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    });
    this.client = client;
    client.on('notification', () => this.forget());
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.forget();
      this.listening = true;
    } catch (error) {
      this.lost(client, error as Error);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.reconnect) clearTimeout(this.reconnect);
    await this.client?.end();
  }

  private lost(client: pg.Client, error?: Error): void {
    if (this.client !== client) return;
    this.client = null;
    this.listening = false;
    this.forget();
    if (this.stopped) return;
    this.logger.warn({ err: error }, 'not told of changed credentials for now: each call asks the database');
    client.end().catch(() => undefined); // it is broken already; a new one takes its place
    this.reconnect = setTimeout(() => void this.start(), RECONNECT_MS).unref();
  }
}
