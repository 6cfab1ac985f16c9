import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import {
  attachEmbeddedDatabase,
  type EmbeddedDatabase,
} from '../../src/platform/database/embedded/embedded-database.js';

/** A PostgreSQL server beside Portico, as `DATABASE_URL` names one; made of the binaries from npm. */
export class SeparatePostgres {
  private attached: EmbeddedDatabase | null = null;

  /** `directory` is emptied by the caller, after `stop`. */
  constructor(private readonly directory: string) {}

  /** Starts it; the next time under the same address. */
  async start(): Promise<void> {
    const dataDir = path.join(this.directory, 'postgres');
    await mkdir(dataDir, { recursive: true });
    this.attached = await attachEmbeddedDatabase({ dataDir, role: 'command', log: () => undefined });
  }

  /** Stops it as an operator would: connections are cut off, nothing is lost. */
  async stop(): Promise<void> {
    await this.attached?.detach();
    this.attached = null;
  }

  /** Makes a database and answers its URL. */
  async createDatabase(name: string): Promise<string> {
    await queryDatabase(this.attached?.url ?? '', `create database ${pg.escapeIdentifier(name)}`);
    return this.urlOf(name);
  }

  /** The URL of a database that is there. */
  urlOf(name: string): string {
    const url = new URL(this.attached?.url ?? '');
    url.pathname = `/${name}`;
    return url.href;
  }
}

export async function queryDatabase(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
