import type { ContactId, DeliveryId, FirmId, UserId } from '../kernel/index.js';
import type { MailStanding } from './mail-choice.js';

/** Whom a mail about what happened is for: a contact or a user. */
export type NewsRecipient =
  { readonly contactId: ContactId; readonly userId: null } | { readonly contactId: null; readonly userId: UserId };

/** What waited for one person and is due: everything of one type since the last mail. */
export interface DueBurst {
  readonly recipient: NewsRecipient;
  readonly type: string;
  readonly address: string | null;
  readonly standing: MailStanding;
}

/** What becomes of a burst: a mail tells of it, or with null none ever will. */
export interface SettledBurst {
  readonly recipient: NewsRecipient;
  readonly type: string;
  readonly deliveryId: DeliveryId | null;
}

/** What waits to be told by mail, gathered by person and type. Each method is one statement, whatever the number of rows. */
export abstract class Bursts {
  /** The firms of which something is due by `now`. Outside a unit of work. */
  abstract dueFirms(now: Date): Promise<readonly FirmId[]>;

  /**
   * Takes away what is due by `now`, `most` at once, the longest due first, leaving what others are taking; whatever
   * happens from then on waits anew.
   */
  abstract takeDue(firmId: FirmId, now: Date, most: number): Promise<readonly DueBurst[]>;

  /** In the same unit of work: notes which mail tells of what waited; what was read meanwhile is told by none. */
  abstract settle(firmId: FirmId, bursts: readonly SettledBurst[]): Promise<void>;
}
