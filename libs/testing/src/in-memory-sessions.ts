import {
  type Account,
  CheckPassword,
  type KeptTokens,
  type PresentedToken,
  RefreshSession,
  SessionRepository,
  SessionTokenMint,
  SIGN_IN_LIMIT,
  SignIn,
  SignInFailures,
  SignOut,
} from '@portico/domain/identity';
import type { FirmId } from '@portico/domain/kernel';
import { CountingRandom } from './counting-random.js';
import { FixedClock } from './fixed-clock.js';
import { InMemoryHistory } from './in-memory-history.js';
import { PlainPasswordHasher, PlainSecretHasher } from './in-memory-identity.js';
import { InMemoryUnitOfWork, type Reversible } from './in-memory-unit-of-work.js';

interface KeptSession {
  readonly id: string;
  readonly account: Account;
  endedAt: Date | null;
}

interface KeptRefreshToken {
  readonly sessionId: string;
  readonly expiresAt: Date;
  usedAt: Date | null;
}

export class InMemorySessionRepository extends SessionRepository implements Reversible {
  /** Who may sign in, by address. */
  readonly people: { readonly email: string; account: Account }[] = [];
  readonly sessions = new Map<string, KeptSession>();
  private readonly refreshTokens = new Map<string, KeptRefreshToken>();

  accounts(email: string, firmId: FirmId | null, most: number): Promise<Account[]> {
    const found = this.people.filter(
      (one) => one.email === email && (firmId ?? one.account.firmId) === one.account.firmId,
    );
    return Promise.resolve(found.map(({ account }) => account).slice(0, most));
  }

  open({ id, account, tokens }: { id: string; account: Account; tokens: KeptTokens }): Promise<void> {
    this.sessions.set(id, { id, account, endedAt: null });
    return this.prolong(id, tokens);
  }

  present(hash: string, now: Date): Promise<PresentedToken | null> {
    const token = this.refreshTokens.get(hash);
    const session = token && this.sessions.get(token.sessionId);
    if (!session) return Promise.resolve(null);
    const account = this.accountOf(session.account);
    const hasPassword = account.passwordHash === session.account.passwordHash;
    const isGood = session.endedAt === null && token.expiresAt > now && hasPassword;
    const wasUsed = token.usedAt !== null;
    token.usedAt ??= now;
    return Promise.resolve({ sessionId: session.id, account, wasUsed, isGood });
  }

  prolong(id: string, { refresh }: KeptTokens): Promise<void> {
    this.refreshTokens.set(refresh.hash, { sessionId: id, expiresAt: refresh.expiresAt, usedAt: null });
    return Promise.resolve();
  }

  end(id: string, now: Date): Promise<void> {
    const session = this.sessions.get(id);
    if (session) session.endedAt ??= now;
    return Promise.resolve();
  }

  snapshot(): () => void {
    const copies = <T extends object>(map: Map<string, T>) => [...map].map(([id, one]) => [id, { ...one }] as const);
    const [sessions, tokens] = [copies(this.sessions), copies(this.refreshTokens)];
    return () => {
      this.sessions.clear();
      this.refreshTokens.clear();
      for (const [id, session] of sessions) this.sessions.set(id, session);
      for (const [hash, token] of tokens) this.refreshTokens.set(hash, token);
    };
  }

  /** As the account is now. */
  private accountOf(account: Account): Account {
    const { firmId, userId } = account;
    const found = this.people.find(({ account: one }) => one.firmId === firmId && one.userId === userId);
    return found?.account ?? account;
  }
}

export class InMemorySignInFailures extends SignInFailures {
  private readonly kept = new Map<string, { failures: Date[]; blockedUntil: Date | null }>();

  blockedUntil(email: string, now: Date): Promise<Date | null> {
    const until = this.kept.get(email)?.blockedUntil ?? null;
    return Promise.resolve(until !== null && until > now ? until : null);
  }

  async count(email: string, now: Date): Promise<boolean> {
    if (await this.blockedUntil(email, now)) return false;
    const { failures, withinMs, blockedMs } = SIGN_IN_LIMIT;
    const before = this.kept.get(email)?.failures ?? [];
    const recent = [...before.filter((at) => at.getTime() > now.getTime() - withinMs), now];
    const blockedUntil = recent.length >= failures ? new Date(now.getTime() + blockedMs) : null;
    this.kept.set(email, { failures: recent, blockedUntil });
    return true;
  }
}

/** In-memory adapters that know each other, and the use cases about sessions on them. */
export class SessionBench {
  readonly clock = new FixedClock();
  readonly history = new InMemoryHistory();
  readonly sessions = new InMemorySessionRepository();
  readonly failures = new InMemorySignInFailures();
  readonly passwords = new PlainPasswordHasher();
  private readonly unitOfWork = new InMemoryUnitOfWork([this.sessions, this.history]);
  private readonly mint = new SessionTokenMint(new PlainSecretHasher(), new CountingRandom(), this.clock);
  private readonly check = new CheckPassword(this.sessions, this.failures, this.passwords, this.clock);
  readonly signIn = new SignIn(this.check, this.sessions, this.mint, this.history, this.unitOfWork);
  readonly refresh = new RefreshSession(this.sessions, this.mint, this.history, this.unitOfWork, this.clock);
  readonly signOut = new SignOut(this.sessions, this.history, this.unitOfWork, this.clock);
}
