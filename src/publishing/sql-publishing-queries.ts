import {
  type DeliveryItem,
  type PublicationItem,
  PublishingQueries,
  type ReceiptSource,
  type ResultItem,
  type ResultPage,
} from '@portico/domain/publishing';
import { type Actor, type FileId, isUuid, type Page, pageOf, type PageRequest } from '@portico/domain/kernel';
import { readableContacts } from '../directory/contacts.module.js';
import { readable } from '../folders/folders.module.js';
import type { Database } from '../platform/database/database.js';
import { prepared } from '../platform/database/prepared.js';
import { receiptSource, type ReceiptRow, sourceOf } from './receipt.sql.js';

interface ResultRow extends ResultItem {
  readonly position: number;
  readonly before: FileId | null;
}
interface PublicationRow extends Omit<PublicationItem, 'id' | 'delivery'> {
  /** Null: the file is published to nobody. */
  readonly id: string | null;
  readonly delivery: DeliveryItem['id'] | null;
  readonly state: DeliveryItem['state'];
  readonly attempts: number;
  readonly answer: string | null;
  readonly queuedAt: Date;
  readonly attemptedAt: Date | null;
  readonly settledAt: Date | null;
}

/** Those whom no mail of the call has reached. */
const UNREACHED = `(select coalesce(array_agg(d.contact_id), '{}') as ids from deliveries d
  where d.firm_id = $1 and d.call_id = CALL and d.state <> 'sent')`;
const RESULT = `r.file_id as id, r.failed_contact_ids::text[] as "publishFailed",
  array(select t.id from unnest(r.told_contact_ids) t (id) where t.id = any (unreached.ids) order by 1)::text[]
    as "notificationFailed"`;

/** Of a call: the page after a file, by the place of that file in the call. */
const results = (where: string): string => `
  with unreached as materialized ${UNREACHED.replace('CALL', '$2::uuid')},
  bounds as materialized (select coalesce(
    (select position from publish_results where call_id = $2::uuid and file_id = $3::bigint), -1) as after)
  select ${RESULT}, r.position,
    (select b.file_id from publish_results b where b.call_id = r.call_id and b.position = bounds.after - $4::int) as before
  from bounds, unreached, publish_results r join files f on f.id = r.file_id
  where r.firm_id = $1 and r.call_id = $2::uuid and r.position > bounds.after and ${where}
  order by r.position limit $4::int + 1`;

const newest = (where: string): string => `
  select ${RESULT}
  from publish_results r join files f on f.id = r.file_id,
    lateral ${UNREACHED.replace('CALL', 'r.call_id')} unreached
  where r.firm_id = $1 and r.file_id = $2::bigint and ${where}
  order by r.call_id desc limit 1`;

const publications = (where: string): string => `
  select p.id, p.contact_id as "contactId", c.at as "publishedAt", c.user_id as "publishedBy", p.rule,
    p.rule_id as "ruleId", p.viewed_at as "viewedAt", p.downloaded_at as "downloadedAt",
    p.acknowledged_at as "acknowledgedAt", d.id as delivery, d.state, d.attempts, d.answer,
    d.queued_at as "queuedAt", d.attempted_at as "attemptedAt", d.settled_at as "settledAt"
  from files f
    left join lateral (select * from publications p
      where p.file_id = f.id and p.withdrawn_at is null and p.id > $3::bigint order by p.id limit $4::int + 1) p on true
    left join publish_calls c on c.id = p.call_id
    left join deliveries d on d.id = p.delivery_id
  where f.firm_id = $1 and f.id = $2::bigint and not f.is_folder and ${where}
  order by p.id`;

/** For a user with all data access, and for others, whose id is `user`. */
const forBoth = (statement: (readableFile: string, readableContact: string) => string, user: string) => ({
  all: prepared(statement('true', 'true')),
  permitted: prepared(statement(readable('f', user), `c.id in ${readableContacts(user)}`)),
});
const RESULTS = forBoth(results, '$5');
const NEWEST = forBoth(newest, '$3');
const PUBLICATIONS = forBoth(publications, '$5');
const RECEIPT = forBoth(receiptSource, '$3');

/** Each question is one statement. */
export class SqlPublishingQueries extends PublishingQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async results(actor: Actor, callId: string, { limit, after }: PageRequest): Promise<ResultPage | null> {
    if (!isUuid(callId)) return null;
    const rows = await this.rows<ResultRow>(actor, RESULTS, [actor.firmId, callId, after, limit]);
    const [first] = rows;
    if (!first) return null;
    const { items, next } = pageOf(rows, limit);
    const isFirst = first.position === 0;
    return {
      items: items.map(resultOf),
      next: next as FileId | null,
      previous: isFirst ? null : (first.before ?? 'first'),
    };
  }

  async newestResult(actor: Actor, fileId: FileId): Promise<ResultItem | null> {
    const [row] = await this.rows<ResultItem>(actor, NEWEST, [actor.firmId, fileId]);
    return row ?? null;
  }

  async publications(actor: Actor, fileId: FileId, page: PageRequest): Promise<Page<PublicationItem> | null> {
    const values = [actor.firmId, fileId, page.after ?? '0', page.limit];
    const rows = await this.rows<PublicationRow>(actor, PUBLICATIONS, values);
    if (rows.length === 0) return null;
    return pageOf(rows.flatMap(publicationOf), page.limit);
  }

  async receiptSource(actor: Actor, fileId: FileId): Promise<ReceiptSource | null> {
    const [row] = await this.rows<ReceiptRow>(actor, RECEIPT, [actor.firmId, fileId]);
    return row ? sourceOf(row) : null;
  }

  private rows<Row extends object>(
    actor: Actor,
    { all, permitted }: ReturnType<typeof forBoth>,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return actor.allDataAccess
      ? this.database.query<Row>(all, values)
      : this.database.query<Row>(permitted, [...values, actor.userId]);
  }
}

function resultOf({ id, publishFailed, notificationFailed }: ResultRow): ResultItem {
  return { id, publishFailed, notificationFailed };
}

function publicationOf(row: PublicationRow): PublicationItem[] {
  if (row.id === null) return [];
  const { id, delivery, state, attempts, answer, queuedAt, attemptedAt, settledAt, ...publication } = row;
  const mail = delivery && { id: delivery, state, attempts, answer, queuedAt, attemptedAt, settledAt };
  return [{ ...publication, id, delivery: mail }];
}
