import { AsyncLocalStorage } from 'node:async_hooks';

/** What a call makes its change depend on (`If-Match`), as the unit of work that makes the change sees it. */
export class CallCondition {
  private isSettled = false;

  /** `require` throws when the condition does not hold. */
  constructor(private readonly requireIt: () => Promise<void>) {}

  /** Whether nothing has been changed yet. */
  get isPending(): boolean {
    return !this.isSettled;
  }

  /**
   * To be asked when everything is written and nothing is committed: what was written is locked then, so nobody else
   * changes it before it is committed. @throws DomainError `precondition_failed`
   */
  async require(): Promise<void> {
    if (this.isPending) await this.requireIt();
  }

  /** The change is committed: what comes after it does not depend on what was before. */
  settle(): void {
    this.isSettled = true;
  }
}

/** The condition of the call that runs here, if it has one. */
export const conditionOfCall = new AsyncLocalStorage<CallCondition | undefined>();

/** Runs `work` that is not what the caller asked for, so that it does not depend on the condition of the call. */
export function apartFromCondition<T>(work: () => T): T {
  return conditionOfCall.run(undefined, work);
}
