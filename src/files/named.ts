import { DomainError, type ErrorSource } from '@portico/domain/kernel';

/** Where a body says what a file shall be called. */
export const NAME: ErrorSource = { pointer: '/data/attributes/name' };
const ABOUT_NAMES = new Set(['invalid_name', 'extension_mismatch']);

/** Runs `work`; a refusal of a name says that it is the one at `source`. */
export async function named<T>(source: ErrorSource, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError && ABOUT_NAMES.has(error.code) ? error.at(source) : error;
  }
}
