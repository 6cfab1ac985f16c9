import type { FirmId } from '../kernel/index.js';
import type { NewProofEvent } from './proof-event.js';

/** The chain of events of a firm: it is only ever added to, and nothing in it changes unseen. */
export abstract class ProofChain {
  /**
   * Adds `events` at its end in the running unit of work, in this order. Others of the firm wait for that to end, so it
   * belongs at the end of the work.
   */
  abstract append(firmId: FirmId, events: readonly NewProofEvent[]): Promise<void>;
}
