import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { applicationOf, isOfType, MessageReader, simpleQuery, SYNC, textOf } from './wire-messages.js';

/** The connections of which the statements count: those of the pool, and not those that listen or look after jobs. */
const POOL = 'portico';
/** The messages at which a statement is whole: a query, Sync, Flush, what is copied, passwords, and the end. */
const ANSWERED = ['Q', 'S', 'H', 'd', 'c', 'f', 'p', 'X'];

/** One statement on its way from the server to PostgreSQL. */
export interface Exchange {
  /** Lets it through, as if nothing were. */
  pass(): void;
  /** Breaks the connection. */
  cut(): void;
  /** Has PostgreSQL carry it out, and tells nobody. */
  carryOut(): Promise<void>;
  /** Has PostgreSQL refuse it with this SQLSTATE, in its stead. */
  refuse(sqlState: string): Promise<void>;
}

/** What happens to a statement. */
export interface DatabaseFault {
  /** Whether it also happens to everything that follows, until the fault is taken away. */
  readonly isLasting: boolean;
  /** Which statements count; without it, all. */
  readonly matching?: RegExp;
  strike(exchange: Exchange): void | Promise<void>;
}

/** Stands between a server and its PostgreSQL, and lets a fault happen at the n-th statement of the pool. */
export class DatabaseProxy {
  private readonly links = new Set<Link>();
  private fault: DatabaseFault | null = null;
  private left = 0;
  private readonly hit: string[] = [];

  private constructor(
    private readonly server: Server,
    /** The database, through this. */
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<DatabaseProxy> {
    const { hostname, port } = new URL(databaseUrl);
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy = new DatabaseProxy(server, url.href);
    server.on('connection', (client) => {
      const link = new Link(client, connect({ host: hostname, port: Number(port), noDelay: true }), proxy);
      proxy.links.add(link);
      client.once('close', () => proxy.links.delete(link));
    });
    return proxy;
  }

  /** From now on `fault` happens at the `at`-th statement, counted from 1. */
  arm(at: number, fault: DatabaseFault): void {
    this.left = at;
    this.fault = fault;
    this.hit.length = 0;
  }

  /** Takes the fault away; answers the texts of the statements that it struck. */
  disarm(): readonly string[] {
    this.fault = null;
    return [...this.hit];
  }

  /** How many statements have counted since the fault was armed to happen at `at`. */
  countedOf(at: number): number {
    return at - this.left;
  }

  /** Whether the fault strikes this statement. */
  strikes(text: string): DatabaseFault | null {
    const { fault } = this;
    if (!fault || fault.matching?.test(text) === false) return null;
    if (--this.left > 0 || (this.left < 0 && !fault.isLasting)) return null;
    // what takes a transaction back does not fail on a database that works otherwise
    if (fault.isLasting && /^rollback/i.test(text) && this.hit.length > 0) return null;
    this.hit.push(text);
    return fault;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const link of this.links) link.cut();
    await once(this.server, 'close');
  }
}

/** One connection of the server. */
class Link {
  private application: string | null = null;
  private readonly fromClient = new MessageReader();
  private group: Buffer[] = [];
  /** What is read of PostgreSQL's answers while they are kept from the server. */
  private swallowed: { take(chunk: Buffer): void; end(): void } | null = null;
  private working: Promise<void> = Promise.resolve();
  /** The statements that were prepared here, by their names. */
  private readonly prepared = new Map<string, string>();

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly proxy: DatabaseProxy,
  ) {
    client.on('data', (chunk) => this.fromServerProcess(chunk));
    server.on('data', (chunk) => this.fromPostgres(chunk));
    for (const socket of [client, server]) socket.on('error', () => undefined).on('close', () => this.cut()); // the other end notices by itself
  }

  cut(): void {
    this.client.destroy();
    this.server.destroy();
    this.swallowed?.end();
  }

  private fromServerProcess(chunk: Buffer): void {
    if (this.application === null) {
      this.application = applicationOf(chunk);
      this.server.write(chunk);
    } else if (this.application === POOL) {
      for (const message of this.fromClient.read(chunk)) this.gather(message);
    } else {
      this.server.write(chunk);
    }
  }

  /** A statement is whole with the message after which PostgreSQL answers. */
  private gather(message: Buffer): void {
    this.group.push(message);
    if (!isOfType(message, ...ANSWERED)) return;
    const group = this.group.splice(0);
    this.working = this.working.then(() => this.pass(group));
  }

  private async pass(group: readonly Buffer[]): Promise<void> {
    const text = textOf(group, this.prepared);
    const fault = text === null ? null : this.proxy.strikes(text);
    if (!fault) {
      this.server.write(Buffer.concat(group));
      return;
    }
    await fault.strike({
      pass: () => this.server.write(Buffer.concat(group)),
      cut: () => this.cut(),
      carryOut: async () => {
        await this.ask(Buffer.concat(group));
      },
      refuse: (sqlState) => this.refuse(group, sqlState),
    });
  }

  /** A COMMIT that PostgreSQL refuses has ended its transaction; a statement that is to be prepared is, first. */
  private async refuse(group: readonly Buffer[], sqlState: string): Promise<void> {
    if (/^commit/i.test(textOf(group, this.prepared) ?? '')) await this.ask(simpleQuery('rollback'));
    const parse = group.filter((message) => isOfType(message, 'P'));
    if (parse.length > 0) {
      const answers = await this.ask(Buffer.concat([...parse, SYNC]));
      this.client.write(Buffer.concat(answers.filter((message) => isOfType(message, '1', 'E'))));
    }
    this.server.write(simpleQuery(`do $$ begin raise exception 'planted' using errcode = '${sqlState}'; end $$`));
  }

  /** Sends a whole statement to PostgreSQL and keeps the answer from the server. */
  private async ask(statement: Buffer): Promise<readonly Buffer[]> {
    const answers: Buffer[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const reader = new MessageReader();
    const take = (chunk: Buffer) => {
      answers.push(...reader.read(chunk));
      if (answers.some((message) => isOfType(message, 'Z'))) resolve();
    };
    this.swallowed = { take, end: resolve };
    this.server.write(statement);
    await promise;
    this.swallowed = null;
    return answers;
  }

  private fromPostgres(chunk: Buffer): void {
    if (this.swallowed) this.swallowed.take(chunk);
    else this.client.write(chunk);
  }
}
