import {
  ConnectionTrial,
  ConnectPlatform,
  type Credentials,
  type DayFigures,
  type DayRange,
  daysOf,
  DisconnectForClient,
  DisconnectPlatform,
  NewConnections,
  type Platform,
  type PlatformAccount,
  PlatformConnector,
  PlatformConnectors,
  type PlatformSession,
  RotateKeys,
  StartSyncs,
  SyncConnection,
} from '@portico/domain/connections';
import { type ClientId, InvalidField, type UserId } from '@portico/domain/kernel';
import { CountingRandom } from './counting-random.js';
import { FixedClock } from './fixed-clock.js';
import {
  InMemoryConnectionClients,
  InMemoryConnections,
  InMemoryFigures,
  InMemorySyncJobs,
  InMemoryVault,
  StaticConnectionQueries,
} from './in-memory-connections.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryNotifier } from './in-memory-notifier.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { RecordedTriggers } from './onboarding.js';

/** A platform on which every day has the same figures, and which does what a test tells it. */
export class ObedientPlatform extends PlatformConnector {
  account: PlatformAccount = {
    ...{ id: 'account-1', name: 'Example Shop', timeZone: 'UTC', currency: 'EUR' },
    ...{ storeUrl: null, scopes: null, tokenExpiresAt: null },
  };
  /** What it does instead of opening an account. */
  refusal: Error | null = null;
  /** After how many days it breaks off, and with what. */
  breaksOff: { readonly after: number; readonly error: Error } | null = null;
  /** Called before each day. */
  beforeDay: (date: string) => Promise<void> = () => Promise.resolve();
  readonly opened: Credentials[] = [];
  readonly ranges: DayRange[] = [];

  checked(raw: Credentials): Credentials {
    if (typeof raw['access_token'] !== 'string') throw new InvalidField('credentials/access_token', 'is missing');
    return raw;
  }

  open(credentials: Credentials): Promise<PlatformSession> {
    this.opened.push(credentials);
    if (this.refusal) return Promise.reject(this.refusal);
    return Promise.resolve({ account: this.account, days: (range) => this.days(range) });
  }

  private async *days(range: DayRange): AsyncGenerator<DayFigures> {
    this.ranges.push(range);
    for (const [index, date] of daysOf(range).entries()) {
      if (this.breaksOff?.after === index) throw this.breaksOff.error;
      await this.beforeDay(date);
      yield {
        date,
        currency: 'EUR',
        campaigns: [],
        metrics: [{ key: 'orders', label: 'Orders', unit: null, value: '1' }],
      };
    }
  }
}

class OnePlatform extends PlatformConnectors {
  constructor(private readonly connector: PlatformConnector) {
    super();
  }

  of(_platform: Platform): PlatformConnector {
    return this.connector;
  }
}

/** In-memory adapters that know each other, and the use cases about connections of client 500 of firm 1. */
export class ConnectionsBench {
  readonly clock = new FixedClock(new Date('2026-03-10T12:00:00Z'));
  readonly random = new CountingRandom();
  readonly platform = new ObedientPlatform();
  readonly connectors = new OnePlatform(this.platform);
  readonly connections = new InMemoryConnections();
  readonly vault = new InMemoryVault(this.connections);
  readonly figures = new InMemoryFigures();
  readonly jobs = new InMemorySyncJobs();
  readonly clients = new InMemoryConnectionClients();
  readonly queries = new StaticConnectionQueries();
  readonly history = new InMemoryHistory();
  readonly notifier = new InMemoryNotifier();
  readonly onboarding = new RecordedTriggers();
  readonly unitOfWork = new InMemoryUnitOfWork([
    ...[this.connections, this.vault, this.figures, this.jobs, this.history],
  ]);

  readonly trial = new ConnectionTrial(this.connectors);
  readonly newConnections = new NewConnections(
    ...([this.connections, this.vault, this.history, this.notifier, this.clock, this.random] as const),
  );
  readonly connect = new ConnectPlatform(
    ...([this.trial, this.clients, this.newConnections, this.onboarding, this.unitOfWork] as const),
  );
  readonly disconnect = new DisconnectPlatform(
    ...([this.connections, this.clients, this.history, this.unitOfWork, this.clock] as const),
  );
  readonly disconnectForClient = new DisconnectForClient(
    ...([this.connections, this.queries, this.history, this.unitOfWork, this.clock] as const),
  );
  readonly startSyncs = new StartSyncs(
    ...([this.connections, this.clients, this.jobs, this.unitOfWork, this.clock, this.random] as const),
  );
  readonly sync = new SyncConnection(
    { connections: this.connections, vault: this.vault, connectors: this.connectors },
    { figures: this.figures, history: this.history, jobs: this.jobs },
    ...([this.unitOfWork, this.clock, this.random] as const),
  );
  readonly rotateKeys = new RotateKeys(this.connections, this.vault, this.history, this.unitOfWork);

  constructor() {
    this.client();
  }

  /** Puts client 500 in, with a dashboard and with user 7 as its delivery manager unless said otherwise. */
  client(changes: { dashboardEnabled?: boolean; deliveryManagerId?: UserId | null } = {}): void {
    const id = '500' as ClientId;
    const client = { id, name: 'Smith Holding', dashboardEnabled: true, deliveryManagerId: '7' as UserId, ...changes };
    this.clients.clients.set('1 500', client);
  }
}
