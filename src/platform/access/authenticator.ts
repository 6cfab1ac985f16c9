import type { Principal } from '@portico/domain/kernel';

/** The headers that say who calls. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** `Addepar-Firm`. */
  readonly firm: string | undefined;
}

/** Finds out who calls. */
export abstract class Authenticator {
  /** @throws DomainError `unauthenticated` */
  abstract authenticate(credentials: Credentials): Promise<Principal> | Principal;
}
