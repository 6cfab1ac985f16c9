import type { Language } from '@portico/domain/directory';
import type { ContactId, FileId, FirmId, UserId } from '@portico/domain/kernel';
import {
  type Delivery,
  type FileNotice,
  type Happening,
  NAMED,
  type NewsNotice,
  type Notice,
  NoticeQueries,
  type Reader,
} from '@portico/domain/notifications';
import type { Database } from '../platform/database/database.js';
import { ADDRESS, HAS_ACCESS, STANDING, type StandingRow, standingOf, STANDS_WITH, UNSEEN } from './standing.sql.js';

interface ReaderRow {
  readonly firm_name: string;
  readonly contact_id: ContactId | null;
  readonly user_id: UserId | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly language: Language;
  readonly time_zone: string;
  readonly address: string | null;
  readonly has_access: boolean;
}
interface FilesRow extends ReaderRow {
  readonly published_at: Date;
  readonly files: { id: FileId; name: string }[] | null;
  readonly file_count: number;
}
interface NewsRow extends ReaderRow, StandingRow {
  readonly type: string;
  readonly label: string | null;
  readonly news: (Happening & { at: string })[] | null;
}

/** Who reads the mail `d`: the contact `c`, or the user `u`, who reads English. */
const READER = `firm.name as firm_name, d.contact_id::text as contact_id, d.user_id::text as user_id,
  coalesce(c.first_name, u.first_name, u.name) as first_name,
  case when u.first_name is null then coalesce(c.last_name, '') else coalesce(u.last_name, '') end as last_name,
  coalesce(c.language, 'en') as language, coalesce(c.time_zone, 'UTC') as time_zone, ${ADDRESS} as address,
  ${HAS_ACCESS} as has_access`;
const READERS = `firms firm on firm.id = d.firm_id
  left join contacts c on c.firm_id = d.firm_id and c.id = d.contact_id
  left join users u on u.firm_id = d.firm_id and u.id = d.user_id`;

/** What the call told the contact of and the contact can still see: neither archived, nor withdrawn. */
const FILES = `
  with d as (
    select d.firm_id, d.contact_id, d.user_id, d.call_id from deliveries d where d.firm_id = ? and d.id = ?
  ), told as (
    select f.id, f.name, r.position, row_number() over (order by r.position) as nth
    from d join publish_results r on r.call_id = d.call_id and d.contact_id = any (r.told_contact_ids)
      join files f on f.firm_id = d.firm_id and f.id = r.file_id
      left join files folder on folder.id = f.parent_id
    where f.deleted_at is null and folder.deleted_at is null
      and exists (select from publications p
        where p.contact_id = d.contact_id and p.file_id = f.id and p.withdrawn_at is null)
  )
  select ${READER}, call.at as published_at,
    (select json_agg(json_build_object('id', id::text, 'name', name) order by position) from told where nth <= ?) as files,
    (select count(*)::int from told) as file_count
  from d join publish_calls call on call.id = d.call_id join ${READERS}`;

/** What the mail is about and its reader has not seen yet. */
const NEWS = `
  with d as (
    select d.firm_id, d.contact_id, d.user_id, d.id,
      (select n.type from notifications n where n.delivery_id = d.id limit 1) as type
    from deliveries d where d.firm_id = ? and d.id = ?
  ), unseen as (
    select n.id, n.names, n.client_id, n.by_user_id, n.by_contact_id, n.created_at, d.firm_id,
      row_number() over (order by n.created_at, n.id) as nth
    from d join notifications n on n.delivery_id = d.id
      left join contacts c on c.firm_id = d.firm_id and c.id = n.contact_id
    where ${UNSEEN}
  )
  select ${READER}, d.type, t.label, ${STANDING}, (select count(*)::int from unseen) as unread,
    (select json_agg(json_build_object('type', d.type, 'names', n.names, 'clientName', client.name,
        'actorName', coalesce(by_user.name, concat_ws(' ', by_contact.first_name, by_contact.last_name)),
        'at', n.created_at) order by n.nth)
      from unseen n
        left join clients client on client.firm_id = n.firm_id and client.id = n.client_id
        left join users by_user on by_user.firm_id = n.firm_id and by_user.id = n.by_user_id
        left join contacts by_contact on by_contact.firm_id = n.firm_id and by_contact.id = n.by_contact_id
      where n.nth <= ?) as news
  from d join ${READERS} ${STANDS_WITH} where d.type is not null`;

export class SqlNoticeQueries extends NoticeQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async notice(firmId: FirmId, { id, callId }: Pick<Delivery, 'id' | 'callId'>): Promise<Notice | null> {
    const values = [firmId, id, NAMED];
    if (callId === null) {
      const news: NewsRow[] = await this.database.em.execute(NEWS, values);
      return news[0] ? newsOf(news[0]) : null;
    }
    const files: FilesRow[] = await this.database.em.execute(FILES, values);
    return files[0] ? filesOf(files[0]) : null;
  }
}

function filesOf(row: FilesRow): FileNotice {
  return {
    kind: 'files',
    firmName: row.firm_name,
    reader: readerOf(row),
    publishedAt: new Date(row.published_at),
    files: row.files ?? [],
    count: row.file_count,
  };
}

function newsOf(row: NewsRow): NewsNotice {
  return {
    kind: 'news',
    firmName: row.firm_name,
    reader: readerOf(row),
    type: row.type,
    label: row.label,
    standing: standingOf(row),
    news: (row.news ?? []).map(({ actorName, ...one }) => ({
      ...one,
      actorName: actorName === '' ? null : actorName,
      at: new Date(one.at),
    })),
    count: row.unread,
  };
}

function readerOf(row: ReaderRow): Reader {
  return {
    contactId: row.contact_id,
    userId: row.user_id,
    name: { first: row.first_name, last: row.last_name },
    language: row.language,
    timeZone: row.time_zone,
    address: row.address,
    hasAccess: row.has_access,
  };
}
