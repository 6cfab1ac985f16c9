import type { Clock, FirmId, Origin, Random, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { CheckPassword } from './check-password.js';
import type { OAuthGrantRepository } from './oauth-grant-repository.js';

/** How long the person who has signed in may think before they consent. */
const TO_CONSENT_MS = 10 * 60_000;

export interface ClientSignIn {
  readonly client: { readonly clientId: string; readonly firmId: FirmId };
  readonly email: string;
  readonly password: string;
}

/** A user of the client's firm says who they are, on the way to let the client act in their name. */
export class SignInForClient {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly grants: OAuthGrantRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers the id of the grant that waits for their consent. What it is good for is for the permissions of the user
   * to say, on every call.
   * @throws DomainError `sign_in_refused`; RetryLater `sign_in_blocked`; InvalidField `invalid_email`
   */
  async execute(origin: Origin, { client, email, password }: ClientSignIn): Promise<string> {
    const { clientId, firmId } = client;
    const account = await this.checkPassword.execute({ email, password, firmId });
    return this.unitOfWork.run(async () => {
      const [id, createdAt] = [this.random.uuid(), this.clock.now()];
      const expiresAt = new Date(createdAt.getTime() + TO_CONSENT_MS);
      await this.grants.add({ id, clientId, account, createdAt, expiresAt });
      const credential = { kind: 'oauth_client', id: clientId } as const;
      const author = { firmId, userId: account.userId, credential, origin };
      const subject = { type: 'oauth_grant', id };
      await this.history.record(author, { action: 'oauth_grant.requested', subject });
      return id;
    });
  }
}
