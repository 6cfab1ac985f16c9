import type { ClientId, ContactId, FirmId, UserId } from '../kernel/index.js';

/** What contacts are told of in the portal. */
export const CONTACT_NOTIFICATIONS = [
  'file_published',
  'invoice_issued',
  'budget_to_approve',
  'contract_to_sign',
  'note_added',
  'request_changed',
  'announcement',
  'milestone_reached',
] as const;

/** What staff are told of. */
export const STAFF_NOTIFICATIONS = [
  'request_received',
  'note_received',
  'document_received',
  'budget_approved',
  'connection_made',
  'questionnaire_completed',
] as const;

export type ContactNotificationType = (typeof CONTACT_NOTIFICATIONS)[number];
export type StaffNotificationType = (typeof STAFF_NOTIFICATIONS)[number];

/** The contacts with portal access of these clients, these contacts, or all contacts of the firm with portal access. */
export type ContactAudience =
  | { readonly kind: 'clients'; readonly ids: readonly ClientId[] }
  | { readonly kind: 'contacts'; readonly ids: readonly ContactId[] }
  | { readonly kind: 'firm' };

interface Happening {
  /** Of which client it is; null for what concerns the whole firm. */
  readonly clientId: ClientId | null;
  /** What it is about: `invoice` and its id. */
  readonly resource: { readonly type: string; readonly id: string } | null;
  /**
   * What the text names, nothing that the recipient may not see: what it is about as `title`, `name`, `number` or
   * `platform`, or under its kind, as `{ budget: 'Relaunch' }`; beside it `status`, `text`, and as `count` how many
   * there are when it names the first of several.
   */
  readonly names: Readonly<Record<string, string>>;
  /** Who did it; they are not told of it themselves. */
  readonly by: { readonly userId: UserId } | { readonly contactId: ContactId } | null;
}

/** Something that happened and of which people are told. */
export type NewNotification =
  | (Happening & { readonly type: ContactNotificationType; readonly to: ContactAudience })
  | (Happening & { readonly type: StaffNotificationType; readonly to: { readonly userIds: readonly UserId[] } });

/** Tells people what happened: in the portal at once, and by mail as they prefer it. */
export abstract class Notifier {
  /**
   * Writes what everyone is told in the running unit of work, in a number of statements that does not grow with the
   * notifications or the recipients; mails follow after it. Without notifications it does nothing.
   */
  abstract raise(firmId: FirmId, notifications: readonly NewNotification[]): Promise<void>;
}
