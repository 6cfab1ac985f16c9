import type { Clock, Origin, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { OAuthGrantRepository } from './oauth-grant-repository.js';

/** The person said no, the client gave it back, or a code or refresh token came a second time: somebody stole it. */
export type GrantEnd = 'declined' | 'revoked' | 'reuse_refused';

/** Ends what a user let a client do; the next call with any of its tokens is refused. */
export class EndGrant {
  constructor(
    private readonly grants: OAuthGrantRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One that has ended is no error. */
  async execute(origin: Origin, { id, end }: { id: string; end: GrantEnd }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const grant = await this.grants.end(id, this.clock.now());
      if (!grant) return;
      const credential = { kind: 'oauth_client', id: grant.clientId } as const;
      const author = { firmId: grant.firmId, userId: grant.userId, credential, origin };
      await this.history.record(author, { action: `oauth_grant.${end}`, subject: { type: 'oauth_grant', id } });
    });
  }
}
