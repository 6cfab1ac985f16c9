import type { FirmId } from '../kernel/index.js';
import type { Account, KeptTokens } from './session.js';

/** A refresh token that was presented, and the session of which it is. */
export interface PresentedToken {
  readonly sessionId: string;
  readonly account: Account;
  /** Whether it was presented before: then somebody has it who should not. */
  readonly wasUsed: boolean;
  /** Whether token and session are still good: neither has ended, and the password is that of the sign-in. */
  readonly isGood: boolean;
}

/**
 * Sign-ins to the Back Office. A session is all that came of one sign-in: it ends as a whole. It stands on the password
 * with which it was opened, and ends when the user gets another one.
 */
export abstract class SessionRepository {
  /** The users with this address, in all firms or in one, who can sign in with a password; at most `most`. */
  abstract accounts(email: string, firmId: FirmId | null, most: number): Promise<readonly Account[]>;

  /** Opens a session with its first tokens; used inside a unit of work. What ended long ago is removed on the way. */
  abstract open(session: { id: string; account: Account; tokens: KeptTokens }): Promise<void>;

  /**
   * The refresh token with this hash, which counts as used from now on; used inside a unit of work, until the end of
   * which nobody else presents a token of the same session.
   */
  abstract present(refreshTokenHash: string, now: Date): Promise<PresentedToken | null>;

  /** Adds the next tokens to a session; used inside a unit of work. */
  abstract prolong(id: string, tokens: KeptTokens): Promise<void>;

  /** Ends a session with all its tokens; one that has ended is no error. */
  abstract end(id: string, now: Date): Promise<void>;
}
