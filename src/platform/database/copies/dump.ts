import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { syncDirectory } from '../../storage/durable.js';
import { TABLES, tableFile, type WrittenFile, writeCopy, writeTable } from './table-file.js';
import { type Counter, COPY_SETTINGS, copied, countersIn, quoted, type Table, tablesIn } from './tables.js';

/** One copy of a database at a time. Any constant will do, as long as every version of Portico uses it. */
const LOCK = 7_309_490;
/** The backend of a backup that was killed needs a moment to notice. */
const LOCK_PATIENCE = '2s';
const LOCK_NOT_AVAILABLE = '55P03';

/** The rows of a table in a file. */
export interface DumpedTable extends Table, WrittenFile {
  readonly rows: number;
}

/** A database as it was at one instant. */
export interface Dump {
  /** The latest migration. */
  readonly migration: string;
  /** Of the server. */
  readonly postgres: string;
  readonly tables: readonly DumpedTable[];
  readonly counters: readonly Counter[];
}

/** The answer of a statement, written beside the tables out of the same snapshot. */
export interface ExtraFile {
  readonly statement: string;
  readonly file: string;
}

/** Told while a copy is written. */
export interface DumpTelling {
  readonly signal: AbortSignal;
  readonly onTables: (count: number) => void;
  /** Waited for. */
  readonly onTable: () => unknown;
}

/** A connection from which copies are made; nobody else makes one of this database while it is open. */
export class Dumper {
  private constructor(private readonly client: pg.Client) {}

  /** @throws Error when another is open, or the database is empty or does not answer */
  static async open(url: string): Promise<Dumper> {
    const client = new pg.Client({ connectionString: url, application_name: 'portico backup', keepAlive: true });
    client.on('error', () => undefined); // the statement under way fails with the same error
    await client.connect();
    try {
      await lock(client);
      if ((await tablesIn(client)).length === 0) throw new Error('the database is empty: there is nothing to back up');
      return new Dumper(client);
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  /**
   * Writes all tables into `folder`, as one snapshot shows them: what commits meanwhile is in none of them. Nobody waits
   * for it but who would change the tables themselves. When it throws, nothing more can be asked here.
   */
  async write(folder: string, extra: ExtraFile, telling: DumpTelling): Promise<Dump & { readonly extra: WrittenFile }> {
    const { client } = this;
    const found = await tablesIn(client);
    await client.query('begin transaction isolation level repeatable read, read only');
    // before the snapshot is taken, so that it shows the tables as they are locked
    await client.query(`lock table ${found.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
    const all = await tablesIn(client);
    if (JSON.stringify(all) !== JSON.stringify(found)) throw new Error('the tables were changed just now: try again');
    const dump = await this.writeSnapshot(folder, copied(all), extra, telling);
    await client.query('commit');
    return dump;
  }

  /** A look at the database outside the snapshot. */
  async query<Row extends object>(text: string): Promise<{ rows: Row[] }> {
    return { rows: (await this.client.query<Row>(text)).rows };
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async writeSnapshot(
    folder: string,
    tables: readonly Table[],
    extra: ExtraFile,
    { signal, onTables, onTable }: DumpTelling,
  ): Promise<Dump & { readonly extra: WrittenFile }> {
    const { client } = this;
    await client.query(COPY_SETTINGS);
    onTables(tables.length);
    await mkdir(path.join(folder, TABLES), { mode: 0o700 });
    const dumped: DumpedTable[] = [];
    for (const table of tables) {
      dumped.push({ ...table, ...(await writeTable(client, table, tableFile(folder, table), signal)) });
      await onTable();
    }
    const written = await writeCopy(client, extra.statement, path.join(folder, extra.file), signal);
    await syncDirectory(path.join(folder, TABLES));
    const counters = await countersIn(client);
    return { ...(await this.versions()), tables: dumped, counters, extra: written };
  }

  private async versions(): Promise<Pick<Dump, 'migration' | 'postgres'>> {
    const { rows } = await this.client.query<{ migration: string; postgres: string }>(
      `select name as migration, current_setting('server_version') as postgres
       from schema_migrations order by name desc limit 1`,
    );
    if (!rows[0]) throw new Error('the database is empty: there is nothing to back up');
    return rows[0];
  }
}

/** @throws Error when somebody else has it */
async function lock(client: pg.Client): Promise<void> {
  await client.query(`set lock_timeout = '${LOCK_PATIENCE}'`);
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error('another backup of this installation is being made', { cause: error });
  }
  // while the blobs are copied nothing is asked
  await client.query('set lock_timeout = 0; set statement_timeout = 0; set idle_session_timeout = 0');
}
