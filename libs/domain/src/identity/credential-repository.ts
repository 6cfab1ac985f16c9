import type { FirmId, Scope, UserId } from '../kernel/index.js';

export interface NewApiKey {
  /** A UUID: the public half. */
  readonly key: string;
  readonly firmId: FirmId;
  readonly userId: UserId;
  readonly name: string;
  readonly secretHash: string;
  readonly createdAt: Date;
}

export interface NewPortalToken {
  readonly id: string;
  readonly firmId: FirmId;
  readonly name: string;
  readonly tokenHash: string;
  readonly createdAt: Date;
}

export interface NewOAuthClient {
  readonly clientId: string;
  readonly firmId: FirmId;
  /** For whom it gets tokens in its own name. */
  readonly userId: UserId;
  /** How people are told who asks them; null: nobody said. */
  readonly name: string | null;
  /** Null for a public client, which has no secret. */
  readonly secretHash: string | null;
  readonly scopes: readonly Scope[];
  /** Where people may be sent back to; without any, nobody is asked to sign in for it. */
  readonly redirectUris: readonly string[];
  readonly createdAt: Date;
}

/** A portal token as lists show it. */
export interface PortalTokenListItem {
  readonly id: string;
  readonly firmId: FirmId;
  readonly name: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** The credentials of a firm; used inside a unit of work. Secrets arrive hashed. */
export abstract class CredentialRepository {
  /** @throws DomainError `api_key_taken` */
  abstract addApiKey(key: NewApiKey): Promise<void>;
  abstract addPortalToken(token: NewPortalToken): Promise<void>;
  abstract addOAuthClient(client: NewOAuthClient): Promise<void>;

  /** Ends the credential for good and answers its firm, or null when no active one has that id. */
  abstract revoke(kind: 'api_key' | 'portal_token' | 'oauth_client', id: string, now: Date): Promise<FirmId | null>;

  /** All portal tokens of the firm, or for the operator of all firms, revoked ones included, oldest first. */
  abstract listPortalTokens(firmId: FirmId | null): Promise<readonly PortalTokenListItem[]>;
}
