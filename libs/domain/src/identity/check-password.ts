import { type Clock, emailAddress, type FirmId } from '../kernel/index.js';
import type { PasswordHasher } from './secrets.js';
import type { Account } from './session.js';
import { sessionErrors } from './session.errors.js';
import type { SessionRepository } from './session-repository.js';
import type { SignInFailures } from './sign-in-failures.js';

/** In how many firms one address is tried, as each try is slow on purpose. */
const MOST_FIRMS = 8;

export interface PasswordClaim {
  readonly email: string;
  readonly password: string;
  /** Null: in whichever firm it is right. */
  readonly firmId: FirmId | null;
}

/** Finds out whose address and password these are, without telling whether anybody has the address. */
export class CheckPassword {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly failures: SignInFailures,
    private readonly passwords: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * What many try at once is told of none of them once the address is blocked.
   * @throws DomainError `sign_in_refused`, `firm_required`; RetryLater `sign_in_blocked`; InvalidField `invalid_email`
   */
  async execute({ email: raw, password, firmId }: PasswordClaim): Promise<Account> {
    const email = emailAddress(raw);
    await this.requireOpen(email);
    const accounts = await this.sessions.accounts(email, firmId, MOST_FIRMS + 1);
    if (accounts.length > MOST_FIRMS) throw sessionErrors.firmRequired();
    const right = await this.rightOnes(accounts, password);
    const [account] = right;
    if (account) await this.requireOpen(email);
    else if (await this.failures.count(email, this.clock.now())) throw sessionErrors.refused();
    else await this.requireOpen(email);
    if (!account) throw sessionErrors.refused();
    if (right.length > 1) throw sessionErrors.firmRequired();
    return account;
  }

  /** Where there is nobody, as much work is done as for one. */
  private async rightOnes(accounts: readonly Account[], password: string): Promise<Account[]> {
    if (accounts.length === 0) await this.passwords.verify(password, null);
    const checks = accounts.map(({ passwordHash }) => this.passwords.verify(password, passwordHash));
    const isRight = await Promise.all(checks);
    return accounts.filter((_account, at) => isRight[at]);
  }

  private async requireOpen(email: string): Promise<void> {
    const now = this.clock.now();
    const until = await this.failures.blockedUntil(email, now);
    if (until) throw sessionErrors.blocked(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)));
  }
}
