import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A call under an `Idempotency-Key`, as the transactions that it makes see it. */
export interface RunningCall {
  /** Notes in the transaction of `em` that the call has changed something. */
  commit(em: EntityManager): Promise<void>;
}

/** The call that runs here, if it bears a key. */
export const runningCall = new AsyncLocalStorage<RunningCall>();
