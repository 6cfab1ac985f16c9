import type { Principal } from '@portico/domain/kernel';

/** Whom an access token names, with which scopes, and when it ends. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly expiresAt: Date;
}

/** Says whether an access token can be believed: of our own authorization server, or of the issuer that is trusted instead. */
export abstract class TokenVerifier {
  /**
   * The user's permissions are today's.
   * @throws DomainError `unauthenticated`; `issuer_unavailable` when nobody can say for now
   */
  abstract verify(token: string): Promise<VerifiedToken>;
}
