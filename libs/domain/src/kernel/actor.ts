import type { ContactId, FirmId, UserId } from './ids.js';
import type { Permission, Scope } from './permissions.js';

/** Which credential a call came with; kept in the history. */
export interface CredentialRef {
  readonly kind:
    | 'api_key'
    | 'oauth_client'
    | 'oauth_grant'
    | 'outside_token'
    | 'portal_token'
    | 'session'
    | 'unsubscribe_link'
    | 'operator';
  readonly id: string;
}

/** A user as one of their credentials presents them. */
export interface Principal {
  readonly firmId: FirmId;
  readonly userId: UserId;
  /** Effective permissions: what includes others is already resolved. */
  readonly permissions: ReadonlySet<Permission>;
  /** Effective scopes of the token; null when the credential has no scope limit. */
  readonly scopes: ReadonlySet<Scope> | null;
  /** Whether the user may read and change everything of the firm. */
  readonly allDataAccess: boolean;
  readonly credential: CredentialRef;
}

/** From where a call came. */
export interface Origin {
  readonly requestId: string;
  readonly address: string | null;
}

/** Who acts: built by the guard, never from a body. */
export interface Actor extends Principal {
  readonly origin: Origin;
}

/** Whom the history names: an actor, a contact in the portal, or the operator at the command line, who is neither. */
export interface Author {
  readonly firmId: FirmId;
  readonly userId?: UserId | null;
  readonly contactId?: ContactId | null;
  readonly credential: CredentialRef;
  readonly origin: Origin;
}
