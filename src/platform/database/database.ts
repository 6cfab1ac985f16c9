import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg, { type Pool, type QueryResultRow } from 'pg';
import type { Replicas } from './replicas.js';
import type { Patience } from './silent-connections.js';
import type { Statement } from './statement.js';

const TIMESTAMPTZ = 1184;
type Parse = (text: string) => unknown;

/** The driver's own types, but instants in UTC, which they nearly always are, without its regular expression. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parse {
    const parse = pg.types.getTypeParser(oid, format) as Parse;
    if (oid !== TIMESTAMPTZ || format === 'binary') return parse;
    return (text) => (isUtc(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parse(text));
  },
};

/** `2026-01-02 03:04:05.678+00`: not before the year 1 nor after 9999. */
const isUtc = (text: string) => text.endsWith('+00') && text[10] === ' ' && text.length <= 29;

/** What the statements of a database go through. */
interface Pools {
  /** The one that the ORM has. */
  readonly pool: Pool;
  /** For reads by units of work, which hold a connection of the pool already: none of these waits for a lock. */
  readonly beside: Pool;
  readonly replicas: Replicas | null;
}

/** The open database: MikroORM for what changes, prepared statements on the same pool for what only reads. */
export class Database {
  private readonly isBeside = new AsyncLocalStorage<true>();

  constructor(
    readonly orm: MikroORM,
    private readonly pools: Pools,
    private readonly patience: Patience,
    /** The connection string, for connections that must live beside the pool. */
    readonly url: string,
  ) {}

  get em(): EntityManager {
    return this.orm.em;
  }

  /**
   * Runs a read on its own connection, outside any unit of work. 64-bit integers come as strings, instants as Date,
   * bytea as Buffer.
   */
  async query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const { pool, beside } = this.pools;
    return rowsOf<Row>(this.isBeside.getStore() ? beside : pool, statement, values);
  }

  /**
   * The same for a read that may be large and decides nothing, such as a list: a replica answers it when there is one
   * that has everything which was acknowledged by now.
   */
  async list<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const replicas = this.isBeside.getStore() ? null : this.pools.replicas;
    const read = await replicas?.read((pool) => rowsOf<Row>(pool, statement, values));
    return read ? read.result : this.query<Row>(statement, values);
  }

  /**
   * Runs `read`, whose queries see what is committed, also inside a unit of work: not what it has written itself. They
   * have connections of their own, so that units of work never wait for each other's.
   */
  readCommitted<T>(read: () => Promise<T>): Promise<T> {
    return this.isBeside.run(true, read);
  }

  /** Runs `work`, whose statements may take as long as they need. To be used before the database serves callers. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    const { ms } = this.patience;
    this.patience.ms = 0;
    try {
      return await work();
    } finally {
      this.patience.ms = ms;
    }
  }

  /** @throws what the driver throws when the database does not answer */
  async check(): Promise<void> {
    await this.pools.pool.query('select 1');
  }

  async close(): Promise<void> {
    await this.pools.replicas?.close();
    await this.pools.beside.end();
    await this.orm.close();
  }
}

async function rowsOf<Row extends QueryResultRow>(
  pool: Pool,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await pool.query<Row>({ name, text, values: values as unknown[], types: TYPES });
  return result.rows;
}
