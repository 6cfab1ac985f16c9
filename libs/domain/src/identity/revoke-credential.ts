import type { Author, Clock, UnitOfWork } from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { CredentialRepository } from './credential-repository.js';
import { identityErrors } from './identity.errors.js';

const NAMES = { api_key: 'API key', portal_token: 'portal token', oauth_client: 'OAuth client' } as const;

/** Ends a credential for good; the next call with it is refused. */
export class RevokeCredential {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `credential_not_found` */
  async execute(author: Omit<Author, 'firmId'>, input: { kind: keyof typeof NAMES; id: string }): Promise<void> {
    await this.unitOfWork.run(async () => {
      const firmId = await this.credentials.revoke(input.kind, input.id, this.clock.now());
      if (!firmId) throw identityErrors.credentialNotFound(NAMES[input.kind], input.id);
      const subject = { type: input.kind, id: input.id };
      await this.history.record({ ...author, firmId }, { action: `${input.kind}.revoked`, subject });
    });
  }
}
