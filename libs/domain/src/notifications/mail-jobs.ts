import type { Delivery } from './delivery.js';

/** The work of sending, which some server takes up: at once, or at the instant of the next attempt. */
export abstract class MailJobs {
  /** Writes a job for each of them in the running unit of work, in one statement: all of it or nothing. */
  abstract add(deliveries: readonly Pick<Delivery, 'id' | 'firmId' | 'nextAttemptAt'>[]): Promise<void>;
}
