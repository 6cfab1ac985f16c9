import type { Language } from '@portico/domain/directory';
import type { ContactId, DeliveryId, FileId, FirmId } from '@portico/domain/kernel';
import { NAMED_FILES, type Notice, NoticeQueries } from '@portico/domain/notifications';
import type { Database } from '../platform/database/database.js';

interface Row {
  firm_name: string;
  published_at: Date;
  contact_id: string;
  first_name: string;
  last_name: string;
  language: Language;
  time_zone: string;
  login_email: string | null;
  portal_access: string;
  files: { id: string; name: string }[] | null;
  file_count: number;
}

/** What the call told the contact of and the contact can still see: neither archived, nor withdrawn. */
const NOTICE = `
  with d as (
    select d.firm_id, d.contact_id, d.call_id from deliveries d where d.firm_id = ? and d.id = ?
  ), told as (
    select f.id, f.name, r.position, row_number() over (order by r.position) as nth
    from d join publish_results r on r.call_id = d.call_id and d.contact_id = any (r.told_contact_ids)
      join files f on f.firm_id = d.firm_id and f.id = r.file_id
      left join files folder on folder.id = f.parent_id
    where f.deleted_at is null and folder.deleted_at is null
      and exists (select from publications p
        where p.contact_id = d.contact_id and p.file_id = f.id and p.withdrawn_at is null)
  )
  select firm.name as firm_name, call.at as published_at, c.id::text as contact_id, c.first_name, c.last_name,
    c.language, c.time_zone, c.login_email, c.portal_access,
    (select json_agg(json_build_object('id', id::text, 'name', name) order by position) from told where nth <= ?) as files,
    (select count(*)::int from told) as file_count
  from d join firms firm on firm.id = d.firm_id join publish_calls call on call.id = d.call_id
    join contacts c on c.firm_id = d.firm_id and c.id = d.contact_id`;

export class SqlNoticeQueries extends NoticeQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async notice(firmId: FirmId, id: DeliveryId): Promise<Notice | null> {
    const rows: Row[] = await this.database.em.execute(NOTICE, [firmId, id, NAMED_FILES]);
    return rows[0] ? noticeOf(rows[0]) : null;
  }
}

function noticeOf(row: Row): Notice {
  return {
    firmName: row.firm_name,
    publishedAt: new Date(row.published_at),
    contact: {
      id: row.contact_id as ContactId,
      firstName: row.first_name,
      lastName: row.last_name,
      language: row.language,
      timeZone: row.time_zone,
      address: row.login_email,
      hasPortalAccess: row.portal_access === 'invited' || row.portal_access === 'active',
    },
    files: (row.files ?? []).map(({ id, name }) => ({ id: id as FileId, name })),
    fileCount: row.file_count,
  };
}
