import { DomainError } from '../kernel/index.js';

/**
 * What `work` answers or refuses, to be told later: what is locked first is not always what is judged first. Nobody
 * learns of an unknown entity before it is clear that the group or contact is there for them.
 */
export async function verdictOf<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const answer = await work();
    return () => answer;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return () => {
      throw error;
    };
  }
}
