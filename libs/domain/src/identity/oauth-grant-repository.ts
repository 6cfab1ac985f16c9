import type { FirmId, Scope, UserId } from '../kernel/index.js';
import type { Account } from './session.js';

/** What a user lets a client do in their name. */
export interface OAuthGrant {
  readonly id: string;
  readonly firmId: FirmId;
  readonly userId: UserId;
  readonly clientId: string;
}

/** One to which the user has not consented yet. */
export interface RequestedGrant {
  readonly id: string;
  readonly clientId: string;
  readonly account: Account;
  readonly createdAt: Date;
  /** Until when the user may consent. */
  readonly expiresAt: Date;
}

export interface Consent {
  readonly scopes: readonly Scope[];
  readonly givenAt: Date;
  /** When it ends for good, whether it is used or not. */
  readonly expiresAt: Date;
}

/**
 * What users let clients do; used inside a unit of work. A grant stands on the password of the sign-in that it came of,
 * as a session does, and ends when the user gets another one.
 */
export abstract class OAuthGrantRepository {
  /** The client must be one of the account's firm. */
  abstract add(grant: RequestedGrant): Promise<void>;

  /** Null when no grant with this id waits for consent: it was given, has ended, or the time for it is over. */
  abstract give(id: string, consent: Consent): Promise<OAuthGrant | null>;

  /** Ends it for good; null when there is none with this id that stands or waits. */
  abstract end(id: string, now: Date): Promise<OAuthGrant | null>;
}
