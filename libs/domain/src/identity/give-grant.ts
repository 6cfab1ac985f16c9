import type { Clock, Origin, Scope, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { identityErrors } from './identity.errors.js';
import type { OAuthGrant, OAuthGrantRepository } from './oauth-grant-repository.js';

/** After this long a person has to be asked again, however often the client has called. */
const LIFETIME_MS = 90 * 86_400_000;

/** The user who has signed in consents: from here on the client may act in their name. */
export class GiveGrant {
  constructor(
    private readonly grants: OAuthGrantRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `oauth_grant_not_found` when none with this id waits for consent */
  async execute(origin: Origin, { id, scopes }: { id: string; scopes: readonly Scope[] }): Promise<OAuthGrant> {
    return this.unitOfWork.run(async () => {
      const givenAt = this.clock.now();
      const expiresAt = new Date(givenAt.getTime() + LIFETIME_MS);
      const grant = await this.grants.give(id, { scopes, givenAt, expiresAt });
      if (!grant) throw identityErrors.noGrant(id);
      const credential = { kind: 'oauth_client', id: grant.clientId } as const;
      const author = { firmId: grant.firmId, userId: grant.userId, credential, origin };
      const subject = { type: 'oauth_grant', id };
      await this.history.record(author, { action: 'oauth_grant.given', subject, details: { scopes } });
      return grant;
    });
  }
}
