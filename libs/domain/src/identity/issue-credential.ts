import {
  type Author,
  type Clock,
  type FirmId,
  optionalLine,
  type Random,
  type Scope,
  scopeNamed,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.js';
import type { History } from '../history/index.js';
import type { CredentialRepository } from './credential-repository.js';
import { identityErrors } from './identity.errors.js';
import { redirectUris } from './redirect-uri.js';
import type { SecretHasher } from './secrets.js';

const SECRET_LENGTH = 40;
const LONGEST_NAME = 160;

export interface NewClient {
  readonly firmId: FirmId;
  readonly userId: UserId;
  readonly scopes: readonly string[];
  readonly name?: string | null;
  readonly redirectUris?: readonly string[];
  readonly isPublic?: boolean;
}

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

  /**
   * A client that acts for one user, and with redirect URIs for each user who signs in and consents. A public one has no
   * secret, and acts for those who sign in alone.
   * @throws DomainError `invalid_scopes`, `invalid_redirect_uri`; InvalidField `invalid_value`
   */
  async oauthClient(
    author: Omit<Author, 'firmId'>,
    input: NewClient,
  ): Promise<{ clientId: string; clientSecret: string | null }> {
    const { firmId, userId, isPublic = false } = input;
    const [scopes, uris] = [scopesOf(input), redirectUris(input.redirectUris ?? [])];
    if (uris.length > 0 && scopes.includes('PORTAL')) throw identityErrors.portalNeedsNoPerson();
    if (isPublic && uris.length === 0) throw identityErrors.publicWithoutRedirect();
    const name = optionalLine('name', input.name ?? null, LONGEST_NAME);
    const clientId = this.random.uuid();
    const clientSecret = isPublic ? null : this.random.alphanumeric(SECRET_LENGTH);
    const secretHash = clientSecret === null ? null : this.secrets.hash(clientSecret);
    const details = { userId, scopes, ...(uris.length > 0 && { redirectUris: uris, isPublic }) };
    await this.issue({ ...author, firmId }, 'oauth_client', clientId, details, () =>
      this.credentials.addOAuthClient({
        ...{ clientId, firmId, userId, name, scopes, secretHash, redirectUris: uris },
        createdAt: this.clock.now(),
      }),
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

/** @throws DomainError `invalid_scopes` */
function scopesOf(input: NewClient): Scope[] {
  const scopes = [...new Set(input.scopes.map(knownScope))];
  if (scopes.length === 0) throw identityErrors.noScopes();
  return scopes;
}

function knownScope(name: string): Scope {
  const scope = scopeNamed(name);
  if (!scope) throw identityErrors.unknownScope(name);
  return scope;
}
