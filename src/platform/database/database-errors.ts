import { DomainError } from '@portico/domain/kernel';

interface DriverError extends Error {
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH']);
/** SQLSTATE classes: connection exception, insufficient resources, operator intervention, system error. */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57', '58']);
/** A standby that was promoted or is read-only, and a lock that was not to be had: the next try may succeed. */
const UNAVAILABLE_STATES = new Set(['25006', '55P03']);
/** Serialization failure, deadlock. */
const LOST_RACES = new Set(['40001', '40P01']);
/** A character that no text of the database holds: NUL, as a byte or as an escape in JSON. */
const NO_TEXT = new Set(['22021', '22P05']);
/** What is said of JSON that holds half of a character; the state alone may mean a fault of ours. */
const HALF_A_CHARACTER = /^Unicode (?:high|low) surrogate must/;
const LOST_MESSAGES =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed/;

/** The driver's own error, under whatever the ORM wraps it in. */
function driverErrorOf(error: unknown): DriverError | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause ?? (inner as { previous?: unknown }).previous) {
    const { code } = inner as DriverError;
    if (typeof code === 'string' || LOST_MESSAGES.test(inner.message)) return inner;
  }
  return null;
}

/**
 * Whether `error` says that a transaction was given up in favour of others that ran beside it. Nothing of it remains,
 * and run again it may well succeed.
 */
export function hasLostRace(error: unknown): boolean {
  return LOST_RACES.has(driverErrorOf(error)?.code ?? '');
}

/** Whether `error` says that the database can't serve for now, and nothing about the request itself. */
export function isUnavailable(error: unknown): boolean {
  const driver = driverErrorOf(error);
  if (!driver) return false;
  const code = driver.code ?? '';
  return (
    LOST.has(code) ||
    LOST_RACES.has(code) ||
    LOST_MESSAGES.test(driver.message) ||
    (/^[0-9A-Z]{5}$/.test(code) && (UNAVAILABLE_CLASSES.has(code.slice(0, 2)) || UNAVAILABLE_STATES.has(code)))
  );
}

/** The refusal that a database that can't serve means for a caller; null for every other error. */
export function unavailableOf(error: unknown): DomainError | null {
  if (hasLostRace(error))
    return new DomainError('unavailable', 'try_again', 'Others are changing the same; try again in a moment');
  if (!isUnavailable(error)) return null;
  return new DomainError('unavailable', 'database_unavailable', 'The database does not answer; try again in a moment');
}

/** The refusal of text that the database can't keep, where nothing has looked at it before; null for every other error. */
export function unkeepableTextOf(error: unknown): DomainError | null {
  const { code = '', detail = '' } = driverErrorOf(error) ?? {};
  if (!NO_TEXT.has(code) && !HALF_A_CHARACTER.test(detail)) return null;
  return new DomainError('invalid', 'invalid_value', 'A text holds a character that can not be kept');
}

/** The name of the constraint that `error` says was violated; null when it says something else. */
export function violatedConstraint(error: unknown): string | null {
  return driverErrorOf(error)?.constraint ?? null;
}

/** Serialization failure. */
const RUN_AGAIN = '40001';

/**
 * Runs `work`, which adds rows that were not there. Where somebody else was faster, which `constraint` tells, the unit of
 * work has lost a race: run again, it finds the row.
 */
export async function raceLostOn<T>(constraint: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error) !== constraint) throw error;
    throw Object.assign(new Error('a row like it was added meanwhile', { cause: error }), { code: RUN_AGAIN });
  }
}
