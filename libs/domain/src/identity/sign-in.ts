import { effectivePermissions, type Origin, type UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { CheckPassword, PasswordClaim } from './check-password.js';
import { type Account, type SessionTokenMint, type SessionTokens } from './session.js';
import { sessionErrors } from './session.errors.js';
import type { SessionRepository } from './session-repository.js';

/** Opens a session of the Back Office for a user who knows their password. */
export class SignIn {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly sessions: SessionRepository,
    private readonly mint: SessionTokenMint,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws DomainError `sign_in_refused`, `firm_required`, `missing_permission`; RetryLater `sign_in_blocked`;
   *   InvalidField `invalid_email`
   */
  async execute(origin: Origin, claim: PasswordClaim): Promise<SessionTokens> {
    const account = await this.checkPassword.execute(claim);
    requireBackOffice(account);
    return this.unitOfWork.run(async () => {
      const { shown, kept } = this.mint.make();
      const id = this.mint.newSessionId();
      await this.sessions.open({ id, account, tokens: kept });
      const { firmId, userId } = account;
      const subject = { type: 'session', id };
      const author = { firmId, userId, credential: { kind: 'session', id } as const, origin };
      await this.history.record(author, { action: 'session.opened', subject });
      return shown;
    });
  }
}

/** @throws DomainError `missing_permission` */
export function requireBackOffice({ permissions }: Account): void {
  if (!effectivePermissions(permissions).has('back_office')) throw sessionErrors.notForBackOffice();
}
