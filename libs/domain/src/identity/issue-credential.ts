import {
  type Author,
  type Clock,
  type FirmId,
  type Random,
  type Scope,
  scopeNamed,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { CredentialRepository } from './credential-repository.js';
import { identityErrors } from './identity.errors.js';
import type { SecretHasher } from './secrets.js';

const SECRET_LENGTH = 40;

/** Makes credentials. Each answer holds the secret, and nothing else ever does. */
export class IssueCredential {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly secrets: SecretHasher,
    private readonly random: Random,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** `key` and `secret` are made unless given. @throws DomainError `api_key_taken` */
  async apiKey(
    author: Omit<Author, 'firmId'>,
    input: { firmId: FirmId; userId: UserId; name: string; key?: string; secret?: string },
  ): Promise<{ key: string; secret: string }> {
    const key = (input.key ?? this.random.uuid()).toLowerCase();
    const secret = input.secret ?? this.random.alphanumeric(SECRET_LENGTH);
    const { firmId, userId, name } = input;
    await this.issue({ ...author, firmId }, 'api_key', key, { userId, name }, () =>
      this.credentials.addApiKey({ key, firmId, userId, name, ...this.sealed(secret) }),
    );
    return { key, secret };
  }

  /** `token` is made unless given. */
  async portalToken(
    author: Omit<Author, 'firmId'>,
    input: { firmId: FirmId; name: string; token?: string },
  ): Promise<{ id: string; token: string }> {
    const id = this.random.uuid();
    const token = input.token ?? this.random.alphanumeric(SECRET_LENGTH);
    const { secretHash: tokenHash, createdAt } = this.sealed(token);
    await this.issue({ ...author, firmId: input.firmId }, 'portal_token', id, { name: input.name }, () =>
      this.credentials.addPortalToken({ id, firmId: input.firmId, name: input.name, tokenHash, createdAt }),
    );
    return { id, token };
  }

  /** @throws DomainError `invalid_scopes` */
  async oauthClient(
    author: Omit<Author, 'firmId'>,
    input: { firmId: FirmId; userId: UserId; scopes: readonly string[] },
  ): Promise<{ clientId: string; clientSecret: string }> {
    const scopes = [...new Set(input.scopes.map(knownScope))];
    if (scopes.length === 0) throw identityErrors.noScopes();
    const clientId = this.random.uuid();
    const clientSecret = this.random.alphanumeric(SECRET_LENGTH);
    const { firmId, userId } = input;
    await this.issue({ ...author, firmId }, 'oauth_client', clientId, { userId, scopes }, () =>
      this.credentials.addOAuthClient({ clientId, firmId, userId, scopes, ...this.sealed(clientSecret) }),
    );
    return { clientId, clientSecret };
  }

  private sealed(secret: string): { secretHash: string; createdAt: Date } {
    return { secretHash: this.secrets.hash(secret), createdAt: this.clock.now() };
  }

  private issue(
    author: Author,
    type: string,
    id: string,
    details: Record<string, unknown>,
    add: () => Promise<void>,
  ): Promise<void> {
    return this.unitOfWork.run(async () => {
      await add();
      await this.history.record(author, { action: `${type}.issued`, subject: { type, id }, details });
    });
  }
}

function knownScope(name: string): Scope {
  const scope = scopeNamed(name);
  if (!scope) throw identityErrors.unknownScope(name);
  return scope;
}
