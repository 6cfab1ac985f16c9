import {
  type ClientConnections,
  type Connection,
  type ConnectionClient,
  ConnectionClients,
  connectionErrors,
  ConnectionFigures,
  ConnectionQueries,
  ConnectionRepository,
  type CredentialOpener,
  type CredentialSealer,
  CredentialVault,
  type DayFigures,
  type SealingKey,
  type StaffConnectionListItem,
  type Sync,
  SyncJobs,
} from '@portico/domain/connections';
import type { Actor, ClientId, ConnectionId, CountedList, FirmId } from '@portico/domain/kernel';
import type { Reversible } from './in-memory-unit-of-work.js';

export class InMemoryConnections extends ConnectionRepository implements Reversible {
  readonly kept: Connection[] = [];

  add(connection: Connection): Promise<void> {
    const { clientId, platform, accountId } = connection;
    const isThere = this.active().some(
      (one) => one.clientId === clientId && one.platform === platform && one.accountId === accountId,
    );
    if (isThere) return Promise.reject(connectionErrors.alreadyConnected(platform));
    this.kept.push(connection);
    return Promise.resolve();
  }

  find(firmId: FirmId, id: ConnectionId): Promise<Connection | null> {
    return Promise.resolve(this.active().find((one) => one.firmId === firmId && one.id === id) ?? null);
  }

  listOf(firmId: FirmId, clientId: ClientId): Promise<readonly Connection[]> {
    return Promise.resolve(this.active().filter((one) => one.firmId === firmId && one.clientId === clientId));
  }

  sealedBefore(version: number, most: number): Promise<readonly Connection[]> {
    return Promise.resolve(
      this.kept.filter(({ keyVersion }) => keyVersion !== null && keyVersion < version).slice(0, most),
    );
  }

  async countSealedBefore(version: number): Promise<number> {
    return (await this.sealedBefore(version, Infinity)).length;
  }

  snapshot(): () => void {
    const before = this.kept.map((one) => ({ one, state: { ...one } }));
    return () => {
      this.kept.splice(0, Infinity, ...before.map(({ one, state }) => Object.assign(one, state)));
    };
  }

  private active(): Connection[] {
    return this.kept.filter(({ removedAt }) => removedAt === null);
  }
}

/** Seals nothing, but opens only what was sealed for the same connection with a key that is there. */
export class InMemoryVault extends CredentialVault implements Reversible {
  keys = [1];

  constructor(private readonly connections: InMemoryConnections) {
    super();
  }

  sealer(): Promise<CredentialSealer> {
    const keyVersion = Math.max(...this.keys);
    return Promise.resolve({
      keyVersion,
      seal: ({ firmId, id }, credentials) => {
        return { keyVersion, sealed: Buffer.from(JSON.stringify([keyVersion, firmId, id, credentials])) };
      },
    });
  }

  opener(): Promise<CredentialOpener> {
    return Promise.resolve({
      open: ({ firmId, id }, { sealed, keyVersion }) => {
        const [version, ...whose] = JSON.parse(Buffer.from(sealed).toString()) as [number, string, string, object];
        if (version !== keyVersion || !this.keys.includes(version)) throw new Error(`there is no key ${keyVersion}`);
        if (whose[0] !== firmId || whose[1] !== id) throw new Error('sealed for another connection');
        return whose[2] as Readonly<Record<string, unknown>>;
      },
    });
  }

  addKey(): Promise<number> {
    const version = Math.max(...this.keys) + 1;
    this.keys = [version, ...this.keys];
    return Promise.resolve(version);
  }

  destroyKeysBefore(version: number): Promise<number> {
    const isUsed = (key: number) => this.connections.kept.some(({ keyVersion }) => keyVersion === key);
    const gone = this.keys.filter((key) => key < version && !isUsed(key));
    this.keys = this.keys.filter((key) => !gone.includes(key));
    return Promise.resolve(gone.length);
  }

  listKeys(): Promise<readonly SealingKey[]> {
    const count = (version: number) => this.connections.kept.filter(({ keyVersion }) => keyVersion === version).length;
    const keys = [...this.keys].sort((one, other) => other - one);
    return Promise.resolve(keys.map((version) => ({ version, createdAt: new Date(0), connections: count(version) })));
  }

  snapshot(): () => void {
    const { keys } = this;
    return () => (this.keys = keys);
  }
}

/** Keeps the days of each connection. */
export class InMemoryFigures extends ConnectionFigures implements Reversible {
  readonly days = new Map<string, DayFigures>();

  replace({ id }: Pick<Connection, 'id'>, days: readonly DayFigures[]): Promise<void> {
    for (const day of days) this.days.set(`${id} ${day.date}`, day);
    return Promise.resolve();
  }

  /** The days that are there, in their order. */
  get dates(): string[] {
    return [...this.days.values()].map(({ date }) => date).sort();
  }

  snapshot(): () => void {
    const before = new Map(this.days);
    return () => {
      this.days.clear();
      for (const [key, day] of before) this.days.set(key, day);
    };
  }
}

export class InMemorySyncJobs extends SyncJobs implements Reversible {
  readonly added: (Sync & { readonly at: Date | null })[] = [];

  add(syncs: readonly Sync[], at: Date | null): Promise<void> {
    this.added.push(...syncs.map((sync) => ({ ...sync, at })));
    return Promise.resolve();
  }

  snapshot(): () => void {
    const { length } = this.added;
    return () => this.added.splice(length);
  }
}

/** Client 500 of firm 1, and whoever else is put in. */
export class InMemoryConnectionClients extends ConnectionClients {
  readonly clients = new Map<string, ConnectionClient>();

  find(firmId: FirmId, id: ClientId): Promise<ConnectionClient | null> {
    return Promise.resolve(this.clients.get(`${firmId} ${id}`) ?? null);
  }
}

/** Staff see what `visible` holds. */
export class StaticConnectionQueries extends ConnectionQueries {
  readonly visible = new Set<string>();

  listOf(): Promise<ClientConnections> {
    return Promise.resolve({ dashboardEnabled: true, connections: [] });
  }

  findOf(): Promise<null> {
    return Promise.resolve(null);
  }

  listForStaff(): Promise<CountedList<StaffConnectionListItem>> {
    return Promise.resolve({ items: [], total: 0 });
  }

  findForStaff(_actor: Actor, id: ConnectionId): Promise<StaffConnectionListItem | null> {
    return Promise.resolve(this.visible.has(id) ? ({ id } as StaffConnectionListItem) : null);
  }
}
