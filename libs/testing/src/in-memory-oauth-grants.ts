import {
  type Account,
  CheckPassword,
  type Consent,
  EndGrant,
  GiveGrant,
  type OAuthGrant,
  OAuthGrantRepository,
  type RequestedGrant,
  SignInForClient,
} from '@portico/domain/identity';
import type { FirmId, Scope, UserId } from '@portico/domain/kernel';
import { CountingRandom } from './counting-random.js';
import { FixedClock } from './fixed-clock.js';
import { InMemoryHistory } from './in-memory-history.js';
import { PlainPasswordHasher } from './in-memory-identity.js';
import { InMemorySessionRepository, InMemorySignInFailures } from './in-memory-sessions.js';
import { InMemoryUnitOfWork, type Reversible } from './in-memory-unit-of-work.js';

interface KeptGrant extends OAuthGrant {
  readonly scopes: readonly Scope[];
  readonly givenAt: Date | null;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export class InMemoryOAuthGrantRepository extends OAuthGrantRepository implements Reversible {
  readonly kept = new Map<string, KeptGrant>();

  add({ id, clientId, account, expiresAt }: RequestedGrant): Promise<void> {
    const { firmId, userId } = account;
    this.kept.set(id, { ...{ id, firmId, userId, clientId, expiresAt }, scopes: [], givenAt: null, endedAt: null });
    return Promise.resolve();
  }

  give(id: string, { scopes, givenAt, expiresAt }: Consent): Promise<OAuthGrant | null> {
    const isWaiting = (grant: KeptGrant) => !grant.givenAt && !grant.endedAt && grant.expiresAt > givenAt;
    return this.change(id, isWaiting, { scopes, givenAt, expiresAt });
  }

  end(id: string, now: Date): Promise<OAuthGrant | null> {
    return this.change(id, ({ endedAt }) => !endedAt, { endedAt: now });
  }

  snapshot(): () => void {
    const before = new Map(this.kept);
    return () => {
      this.kept.clear();
      for (const [id, grant] of before) this.kept.set(id, grant);
    };
  }

  private change(
    id: string,
    applies: (grant: KeptGrant) => boolean,
    change: Partial<KeptGrant>,
  ): Promise<OAuthGrant | null> {
    const grant = this.kept.get(id);
    if (!grant || !applies(grant)) return Promise.resolve(null);
    this.kept.set(id, { ...grant, ...change });
    const { firmId, userId, clientId } = grant;
    return Promise.resolve({ id, firmId, userId, clientId });
  }
}

/** In-memory adapters that know each other, and the use cases about what users let clients do on them. */
export class GrantBench {
  readonly clock = new FixedClock();
  readonly history = new InMemoryHistory();
  readonly grants = new InMemoryOAuthGrantRepository();
  readonly sessions = new InMemorySessionRepository();
  readonly client = { clientId: '0190a0a0-0000-7000-8000-000000000001', firmId: '1' as FirmId };
  private readonly unitOfWork = new InMemoryUnitOfWork([this.grants, this.history]);
  private readonly check = new CheckPassword(
    this.sessions,
    new InMemorySignInFailures(),
    new PlainPasswordHasher(),
    this.clock,
  );
  readonly signIn = new SignInForClient(
    this.check,
    this.grants,
    this.history,
    this.unitOfWork,
    new CountingRandom(),
    this.clock,
  );
  readonly give = new GiveGrant(this.grants, this.history, this.unitOfWork, this.clock);
  readonly end = new EndGrant(this.grants, this.history, this.unitOfWork, this.clock);

  /** Somebody with the password "right". */
  person(email: string, firm = '1'): Account {
    const owner = { firmId: firm as FirmId, userId: '11' as UserId };
    const account = { ...owner, passwordHash: 'hash of right', permissions: [] };
    this.sessions.people.push({ email, account });
    return account;
  }
}
