import type { Language } from '../directory/index.js';
import type { ContactId, FirmId } from '../kernel/index.js';

/** What the page shows on which a contact turns their mails off. */
export interface Subscription {
  readonly firmName: string;
  readonly language: Language;
  readonly isOn: boolean;
}

/** Whether a contact is told by mail. */
export abstract class SubscriptionQueries {
  abstract find(firmId: FirmId, contactId: ContactId): Promise<Subscription | null>;
}
