import { InvalidField } from './invalid-input.js';

/** What became of the rows that another system has sent. */
export interface Upserted {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Runs what is about one of many rows; a fault in a field of it names the row too. */
export function inRow<T>(row: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error;
    throw new InvalidField(`${row}/${error.field}`, error.message, error.code, error.reason);
  }
}

/** @throws InvalidField when two rows bear the same external id */
export function requireDistinct(externalIds: readonly string[]): void {
  const seen = new Set<string>();
  externalIds.forEach((externalId, row) => {
    if (seen.has(externalId))
      throw new InvalidField(`${row}/externalId`, 'must be in one row only', 'invalid_value', { kind: 'repeated' });
    seen.add(externalId);
  });
}
