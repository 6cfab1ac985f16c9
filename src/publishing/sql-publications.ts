import {
  type Affiliated,
  type NewPublication,
  type Pair,
  type PublishableFile,
  type PublishCall,
  Publications,
  type PublishResult,
  type Standing,
} from '@portico/domain/publishing';
import type { Actor, ContactId, DeliveryId, EntityId, FileId, FirmId, GroupId } from '@portico/domain/kernel';
import { readableContacts } from '../directory/contacts.module.js';
import type { Database } from '../platform/database/database.js';
import { affiliatedOf, AFFILIATED, type AffiliatedRow } from './affiliated.sql.js';
import { publishableFiles } from './publishable-files.sql.js';

const FILES = {
  all: { active: publishableFiles(null, false), withArchived: publishableFiles(null, true) },
  permitted: { active: publishableFiles('u.id', false), withArchived: publishableFiles('u.id', true) },
};

const KNOWN_CONTACTS = 'select id::text from contacts where firm_id = ? and id = any (?::bigint[])';
const READABLE_CONTACTS = `select c.id::text from (select ?::bigint as id) u, contacts c
  where c.firm_id = ? and c.id = any (?::bigint[]) and c.id in ${readableContacts('u.id')}`;

/** Calls of a firm publish one after the other: two at once would tell the same contacts twice. */
const HOLD = `select pg_advisory_xact_lock(hashtextextended('publishing of firm ' || ?, 0))`;
const STANDING = `select p.file_id::text as file_id, p.contact_id::text as contact_id,
    coalesce(d.state in ('queued', 'sent'), false) as is_told
  from publications p left join deliveries d on d.id = p.delivery_id
  where p.firm_id = ? and p.file_id = any (?::bigint[]) and p.withdrawn_at is null`;

const ADD_CALL = `insert into publish_calls (id, firm_id, user_id, contact_id, at, portal_publishing,
    contact_notification)
  values (?, ?, ?, ?, ?, ?, ?)`;
const ADD_RESULTS = `insert into publish_results (firm_id, call_id, file_id, position, failed_contact_ids, told_contact_ids)
  select ?, ?, r.id, r.position, array(select jsonb_array_elements_text(r.failed)::bigint),
    array(select jsonb_array_elements_text(r.told)::bigint)
  from jsonb_to_recordset(?::jsonb) as r (id bigint, position integer, failed jsonb, told jsonb)`;
/** In the order of the indexes. */
const ADD = `insert into publications (firm_id, call_id, file_id, contact_id, rule, rule_id, delivery_id)
  select ?, ?, n.file_id, n.contact_id, n.rule, n.rule_id, n.delivery_id
  from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::uuid[])
    as n (file_id, contact_id, rule, rule_id, delivery_id)
  order by n.contact_id, n.file_id`;
const RETELL = `update publications p set delivery_id = t.delivery_id
  from unnest(?::bigint[], ?::bigint[], ?::uuid[]) as t (file_id, contact_id, delivery_id)
  where p.firm_id = ? and p.contact_id = t.contact_id and p.file_id = t.file_id and p.withdrawn_at is null`;
const WITHDRAW = `update publications p set withdrawn_at = ?
  where p.firm_id = ? and p.file_id = any (?::bigint[]) and (?::bigint[] is null or p.contact_id = any (?::bigint[]))
    and p.withdrawn_at is null
  returning p.file_id::text as "fileId", p.contact_id::text as "contactId"`;

interface FileRow extends Omit<PublishableFile, 'entityIds' | 'groupIds'> {
  readonly entityIds: EntityId[];
  readonly groupIds: GroupId[];
}

export class SqlPublications extends Publications {
  constructor(private readonly database: Database) {
    super();
  }

  async hold(firmId: FirmId): Promise<void> {
    await this.rows(HOLD, [firmId]);
  }

  files(actor: Actor, ids: readonly FileId[], withArchived: boolean): Promise<readonly PublishableFile[]> {
    const which = withArchived ? 'withArchived' : 'active';
    return actor.allDataAccess
      ? this.rows<FileRow>(FILES.all[which], [actor.firmId, array(ids)])
      : this.rows<FileRow>(FILES.permitted[which], [actor.userId, actor.firmId, array(ids)]);
  }

  async unknownContacts(actor: Actor, ids: readonly ContactId[]): Promise<readonly ContactId[]> {
    const rows = actor.allDataAccess
      ? await this.rows<{ id: string }>(KNOWN_CONTACTS, [actor.firmId, array(ids)])
      : await this.rows<{ id: string }>(READABLE_CONTACTS, [actor.userId, actor.firmId, array(ids)]);
    const known = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  }

  async affiliated(
    firmId: FirmId,
    of: { entityIds: readonly EntityId[]; groupIds: readonly GroupId[]; contactIds: readonly ContactId[] },
  ): Promise<Affiliated> {
    const given = [array(of.entityIds), array(of.groupIds), array(of.contactIds)];
    const [row] = await this.rows<AffiliatedRow>(AFFILIATED, [firmId, ...given]);
    if (!row) throw new Error('the affiliated contacts were not answered');
    return affiliatedOf(row);
  }

  async standing(firmId: FirmId, fileIds: readonly FileId[]): Promise<Standing> {
    const rows = await this.rows<{ file_id: FileId; contact_id: ContactId; is_told: boolean }>(STANDING, [
      firmId,
      array(fileIds),
    ]);
    const told = new Map(rows.map((row) => [`${row.file_id} ${row.contact_id}`, { isTold: row.is_told }]));
    return { of: (fileId, contactId) => told.get(`${fileId} ${contactId}`) ?? null };
  }

  async addCall(call: PublishCall, results: readonly PublishResult[]): Promise<void> {
    const { id, firmId, userId, contactId = null, at, portalPublishing, contactNotification } = call;
    await this.rows(ADD_CALL, [id, firmId, userId, contactId, at, portalPublishing, contactNotification]);
    const rows = results.map(({ fileId, ...result }, position) => ({ ...result, id: fileId, position }));
    await this.rows(ADD_RESULTS, [firmId, id, JSON.stringify(rows)]);
  }

  async add(firmId: FirmId, callId: string, publications: readonly NewPublication[]): Promise<void> {
    const column = (of: (publication: NewPublication) => string | null) => array(publications.map(of));
    await this.rows(ADD, [
      firmId,
      callId,
      column(({ fileId }) => fileId),
      column(({ contactId }) => contactId),
      column(({ rule }) => rule.kind),
      column(({ rule }) => ('id' in rule ? rule.id : null)),
      column(({ deliveryId }) => deliveryId),
    ]);
  }

  async retell(firmId: FirmId, told: readonly (Pair & { deliveryId: DeliveryId })[]): Promise<void> {
    const columns = [
      told.map(({ fileId }) => fileId),
      told.map(({ contactId }) => contactId),
      told.map(({ deliveryId }) => deliveryId),
    ];
    await this.rows(RETELL, [...columns.map(array), firmId]);
  }

  withdraw(
    firmId: FirmId,
    fileIds: readonly FileId[],
    contactIds: readonly ContactId[] | null,
    now: Date,
  ): Promise<readonly Pair[]> {
    const contacts = contactIds === null ? null : array(contactIds);
    return this.rows<Pair>(WITHDRAW, [now, firmId, array(fileIds), contacts, contacts]);
  }

  private rows<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.database.em.execute(text, [...values]);
  }
}

/** A PostgreSQL array of ids and names, which hold nothing that would need quoting. */
function array(values: readonly (string | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}
