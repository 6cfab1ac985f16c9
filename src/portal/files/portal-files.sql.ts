import { isArchived } from '../../folders/folders.module.js';

/**
 * Publications `p` that their contacts can see, with the files `f` and the bytes `b`: not withdrawn, not archived, and
 * the contact may use the portal. A query names the firm, the company and the contact first.
 */
export const VISIBLE = `publications p
  join contacts c on c.firm_id = p.firm_id and c.id = p.contact_id and c.portal_access in ('invited', 'active')
  join files f on f.firm_id = p.firm_id and f.id = p.file_id
  left join files folder on folder.firm_id = f.firm_id and folder.id = f.parent_id
  join blobs b on b.firm_id = f.firm_id and b.key = f.blob_key`;

/** The tenant's part of the condition; `values` are the SQL of the firm, the company and the contact. */
export const visibleTo = (firm: string, company: string, contact: string): string =>
  `p.firm_id = ${firm} and c.client_id = ${company} and p.contact_id = ${contact} and p.withdrawn_at is null
    and not ${isArchived('f', 'folder')}`;

/** Whether the contact has published it to themselves, by sending it. */
export const IS_OWN = '(call.contact_id is not null)';

/** What a contact sees of a publication. Integers are text. */
export const SEEN = `p.id::text as "publicationId", f.id::text as id, f.name, f.content_type as "contentType",
  b.bytes::text as bytes, encode(b.sha256, 'hex') as sha256, call.at as "publishedAt",
  coalesce(u.name, concat_ws(' ', c.first_name, c.last_name)) as "publishedBy",
  ${IS_OWN} as "isOwn",
  p.viewed_at as "viewedAt", p.downloaded_at as "downloadedAt", p.acknowledged_at as "acknowledgedAt"`;

/** When it was published, and by whom. */
export const PUBLISHED = `join publish_calls call on call.firm_id = p.firm_id and call.id = p.call_id
  left join users u on u.firm_id = p.firm_id and u.id = call.user_id`;
