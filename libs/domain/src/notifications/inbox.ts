import type { ClientId, ContactId, FirmId, PortalUser, Principal, UserId } from '../kernel/index.js';

/** Whose notifications they are: those of a contact as a contact of that company, or those of a user. */
export type InboxOwner =
  | { readonly firmId: FirmId; readonly companyId: ClientId; readonly contactId: ContactId }
  | { readonly firmId: FirmId; readonly userId: UserId };

/** The owner that an actor is. */
export function inboxOf(actor: PortalUser | Principal): InboxOwner {
  const { firmId } = actor;
  return 'contactId' in actor
    ? { firmId, companyId: actor.companyId, contactId: actor.contactId }
    : { firmId, userId: actor.userId };
}

/** What somebody was told in the portal, for what changes it; each method is one statement. */
export abstract class Inbox {
  /** Since when it is read stays as it is. Answers whether there is such a notification. */
  abstract markRead(owner: InboxOwner, id: string, now: Date): Promise<boolean>;

  /** Those that are not archived. */
  abstract markAllRead(owner: InboxOwner, now: Date): Promise<void>;

  /** Since when it is archived stays as it is. Answers whether there is such a notification. */
  abstract archive(owner: InboxOwner, id: string, now: Date): Promise<boolean>;
}
