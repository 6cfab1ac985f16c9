import type { InboxFilter, InboxOwner } from '@portico/domain/notifications';

/** Which rows of the inbox a filter means; each has an index. */
export const FILTERED: Readonly<Record<InboxFilter, string>> = {
  all: 'n.is_in_app and n.archived_at is null',
  unread: 'n.is_in_app and n.archived_at is null and n.read_at is null',
  archived: 'n.is_in_app and n.archived_at is not null',
};

/**
 * Rows `n` of an owner. The values are those of `ownerValues`, in their order: the firm, the owner, and of a contact the
 * company; `values` are their places in the text.
 */
export const ownedBy = ([firm, owner, company]: readonly [string, string, string]): string =>
  `n.firm_id = ${firm}::bigint and n.recipient = ${owner} and (n.contact_id is null or n.client_id = ${company}::bigint)`;

export function ownerValues(owner: InboxOwner): [firm: string, owner: string, company: string | null] {
  return 'contactId' in owner
    ? [owner.firmId, `contact:${owner.contactId}`, owner.companyId]
    : [owner.firmId, `user:${owner.userId}`, null];
}
