import type { DeliveryId, FirmId } from '../kernel/index.js';
import type { Notice } from './notice.js';

/** What came of an attempt to send. */
export interface MailOutcome {
  /** `postponed`: this time it did not work, for a reason that may pass. */
  readonly kind: 'accepted' | 'refused' | 'postponed';
  /** In the words of the mail server, as far as it was one that decided. */
  readonly answer: string;
  /** Of the mail, the same at each attempt. */
  readonly messageId: string | null;
}

/** A mail that is ready to be sent. */
export interface ReadyMail {
  readonly firmId: FirmId;
  readonly deliveryId: DeliveryId;
  readonly address: string;
  readonly notice: Notice;
}

/** Sends mails, each on its own; slow, so it belongs outside a unit of work. */
export abstract class NoticeSender {
  /** Never throws because of a mail server. */
  abstract send(mail: ReadyMail): Promise<MailOutcome>;
}
