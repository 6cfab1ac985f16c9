import type { Clock, Origin, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type SessionTokenMint, type SessionTokens } from './session.js';
import { sessionErrors } from './session.errors.js';
import type { PresentedToken, SessionRepository } from './session-repository.js';
import { requireBackOffice } from './sign-in.js';

/** Changes a refresh token for the next two tokens. Each serves once: one that comes back ends the whole session. */
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly mint: SessionTokenMint,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `refresh_token_invalid`, `missing_permission` */
  async execute(origin: Origin, { refreshToken }: { refreshToken: string }): Promise<SessionTokens> {
    const next = await this.unitOfWork.run(async () => {
      const presented = await this.sessions.present(this.mint.hashOf(refreshToken), this.clock.now());
      if (!presented?.isGood) return null;
      if (presented.wasUsed) return this.endStolen(origin, presented);
      requireBackOffice(presented.account);
      const { shown, kept } = this.mint.make();
      await this.sessions.prolong(presented.sessionId, kept);
      return shown;
    });
    if (!next) throw sessionErrors.refreshRefused(); // after the unit of work, so that the end of a session stays
    return next;
  }

  private async endStolen(origin: Origin, { sessionId: id, account }: PresentedToken): Promise<null> {
    await this.sessions.end(id, this.clock.now());
    const { firmId, userId } = account;
    const author = { firmId, userId, credential: { kind: 'session', id } as const, origin };
    await this.history.record(author, { action: 'session.reuse_refused', subject: { type: 'session', id } });
    return null;
  }
}
