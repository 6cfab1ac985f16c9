import type { Logger } from 'pino';
import { Hourly } from '../jobs/hourly.js';
import type { IdempotencyKeys } from './idempotency-keys.js';

/** Removes old keys, at the start and every hour. */
export class ForgetKeys extends Hourly {
  constructor(
    private readonly keys: IdempotencyKeys,
    logger: Logger,
  ) {
    super(logger);
  }

  protected work(): Promise<void> {
    return this.keys.forget();
  }

  protected tell(error: unknown): void {
    this.logger.warn({ err: error }, 'old keys are removed in an hour');
  }
}
