import { DomainError } from '../kernel/index.js';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** A period of creation, both bounds exclusive. Instants show whole seconds, and so they are compared. */
export interface CreatedWithin {
  readonly after?: Date;
  readonly before?: Date;
}

/**
 * The instant that `text` names: an ISO 8601 instant with its zone, or a date, meaning its first instant in UTC.
 * Null when it names none.
 */
export function instantOf(text: string): Date | null {
  const day = DAY.exec(text)?.[0] ?? INSTANT.exec(text)?.[1];
  if (!day) return null;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
  const instant = new Date(text === day ? midnight : text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** @throws DomainError `invalid_period` when `after` is not earlier than `before` */
export function createdWithin(after?: Date, before?: Date): CreatedWithin | undefined {
  if (!after && !before) return undefined;
  if (after && before && after >= before)
    throw new DomainError('invalid', 'invalid_period', 'createdAfter must be earlier than createdBefore');
  return { after, before };
}

/** The same period as half-open bounds on exact instants: `from <= created < to`. */
export function exactBounds(period: CreatedWithin): { from: Date | null; to: Date | null } {
  const second = (instant: Date, round: (n: number) => number) => new Date(round(instant.getTime() / 1000) * 1000);
  return {
    from: period.after ? new Date(second(period.after, Math.floor).getTime() + 1000) : null,
    to: period.before ? second(period.before, Math.ceil) : null,
  };
}
