import type { ContactId, DeliveryId, FirmId } from '../kernel/index.js';
import type { NewsRecipient } from './bursts.js';

/** To whom a mail goes. */
export interface Recipient {
  readonly contactId: ContactId;
  readonly address: string | null;
}

/** The mails that are to be sent. */
export abstract class DeliveryQueue {
  /**
   * Writes a delivery for each recipient in the running unit of work, together with the job that sends it: both or
   * neither. Who has no address is refused at once.
   */
  abstract add(
    firmId: FirmId,
    callId: string,
    recipients: readonly Recipient[],
  ): Promise<ReadonlyMap<ContactId, DeliveryId>>;

  /** The same for mails that tell of other things than a call; answers their ids in the order of the recipients. */
  abstract addNews(
    firmId: FirmId,
    recipients: readonly (NewsRecipient & { readonly address: string | null })[],
  ): Promise<readonly DeliveryId[]>;

  /** Ends when each delivery of the call has been attempted, or after `ms` milliseconds. Outside a unit of work. */
  abstract firstAttempts(firmId: FirmId, callId: string, ms: number): Promise<void>;
}
