import type { PortalWorker, Principal } from '@portico/domain/kernel';

/** The headers that say who calls. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** `Addepar-Firm`. */
  readonly firm: string | undefined;
}

/** Who stands behind credentials: a user, or the portal worker of a firm, which is no user. */
export type Caller = Principal | PortalWorker;

export function isUser(caller: Caller): caller is Principal {
  return 'userId' in caller;
}

/** Finds out who calls. */
export abstract class Authenticator {
  /** @throws DomainError `unauthenticated` */
  abstract authenticate(credentials: Credentials): Promise<Caller> | Caller;
}
