/** How often it may go wrong in a minute, and for how long nobody signs in with the address then. */
export const SIGN_IN_LIMIT = { failures: 5, withinMs: 60_000, blockedMs: 60_000 } as const;

/** Failed sign-ins by address, whether anybody has it or not (contract, section 2); one count for all instances. */
export abstract class SignInFailures {
  /** Until when nobody signs in with this address; null when somebody may. */
  abstract blockedUntil(email: string, now: Date): Promise<Date | null>;

  /**
   * Counts a failure, and blocks the address when it is one too many. Answers false, and counts nothing, when the
   * address was blocked before.
   */
  abstract count(email: string, now: Date): Promise<boolean>;
}
