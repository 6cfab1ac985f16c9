/** The cluster, or its port, now belongs to somebody else: trying again does not help. */
export class DatabaseTakenError extends Error {
  override readonly name = 'DatabaseTakenError';
}

/** Whether an error carries one of the codes, of the system (`ENOENT`) or of PostgreSQL (`57P03`). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  // not `instanceof Error`: under jest the system's errors come from another realm
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && codes.includes(error.code);
}

/**
 * Whether the server went away, or is about to: admin_shutdown, crash_shutdown, cannot_connect_now,
 * lock_not_available (somebody is stopping it), or the connection broke, for which `pg` has texts instead of codes.
 */
export function isOutage(error: unknown): boolean {
  if (hasCode(error, '57P01', '57P02', '57P03', '55P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')) return true;
  return /Connection terminated|timeout expired|not queryable/.test(messageOf(error));
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage && typeof error.message === 'string' ? error.message : String(error);
}
