import type { Language } from '../directory/index.js';
import type { CountedList, ListRequest, Principal } from '../kernel/index.js';
import type { InboxOwner } from './inbox.js';
import type { Happening } from './notice.js';

/** Which notifications: those that are not archived, of these those that are not read, or those that are archived. */
export const INBOX_FILTERS = ['all', 'unread', 'archived'] as const;
export type InboxFilter = (typeof INBOX_FILTERS)[number];

/** A notification as its reader has it. */
export interface NotificationItem extends Happening {
  readonly id: string;
  readonly resource: { readonly type: string; readonly id: string } | null;
  readonly clientId: string | null;
  /** Of whoever did it: a user or a contact. */
  readonly actorId: string | null;
  readonly isByContact: boolean;
  /** In which language a contact reads. */
  readonly language: Language;
  readonly readAt: Date | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

export interface InboxPart {
  readonly filter: InboxFilter;
  readonly limit: number;
  readonly offset: number;
}

/** By what staff filter and sort what they were told. */
export type InboxField = 'createdAt' | 'type' | 'clientId' | 'unread' | 'archived';

/** Reads that decide nothing. */
export abstract class InboxQueries {
  /** The newest first. */
  abstract list(owner: InboxOwner, part: InboxPart): Promise<readonly NotificationItem[]>;

  /** How many there are; in one statement, whatever their number. */
  abstract count(owner: InboxOwner, filter: InboxFilter): Promise<number>;

  /** What a user was told; what is archived only where the filters ask for it. */
  abstract ofUser(user: Principal, request: ListRequest<InboxField>): Promise<CountedList<NotificationItem>>;
}
