import { randomUUID } from 'node:crypto';
import type { ClientId, ContactId, FileId, FirmId, UserId } from '@portico/domain/kernel';
import type { Database } from '../../src/platform/database/database.js';
import { anEntity } from './rows.js';

type Rows = { id: string }[];

/** A client with an entity of its own. */
export async function aClientRow(
  database: Database,
  firmId: FirmId,
  parentId: ClientId | null = null,
): Promise<ClientId> {
  const rows = await database.em.fork().execute<Rows>(
    `insert into clients (firm_id, name, parent_id, entity_id, created_at, modified_at)
     values (?, 'Client', ?::bigint, ?, now(), now()) returning id`,
    [firmId, parentId, await anEntity(database, firmId)],
  );
  return String(rows[0]?.id) as ClientId;
}

/** A contact of a client. */
export async function aContactRow(
  database: Database,
  row: { firmId: FirmId; createdBy: UserId; clientId: ClientId; access?: string; role?: string },
): Promise<ContactId> {
  const { firmId, createdBy, clientId, access = 'active', role = 'admin' } = row;
  const rows = await database.em.fork().execute<Rows>(
    `insert into contacts (firm_id, client_id, first_name, last_name, login_email, portal_access, activated_at,
       is_exempt_from_two_factor_requirement, mailing_addresses, emails, phone_numbers, family_members, time_zone,
       language, portal_role, publish_files, notify_by_email, created_by, created_at, modified_at)
     values (?, ?, 'Adam', 'Smith', gen_random_uuid() || '@example.test', ?, now(), false, '[]', '[]', '[]', '[]', 'UTC',
       'en', ?, true, true, ?, now(), now()) returning id`,
    [firmId, clientId, access, role, createdBy],
  );
  return String(rows[0]?.id) as ContactId;
}

/** A publication of a file to a contact; answers its id. */
export async function aPublicationRow(
  database: Database,
  row: { firmId: FirmId; publishedBy: UserId; fileId: FileId; contactId: ContactId; at?: Date },
): Promise<string> {
  const { firmId, publishedBy, fileId, contactId, at = new Date() } = row;
  const em = database.em.fork();
  const call = randomUUID();
  await em.execute(
    `insert into publish_calls (id, firm_id, user_id, at, portal_publishing, contact_notification)
     values (?, ?, ?, ?, 'do_not_publish', 'do_not_notify')`,
    [call, firmId, publishedBy, at],
  );
  await em.execute(
    `insert into publish_results (firm_id, call_id, file_id, position, failed_contact_ids, told_contact_ids)
     values (?, ?, ?, 0, '{}', '{}')`,
    [firmId, call, fileId],
  );
  const rows = await em.execute<Rows>(
    `insert into publications (firm_id, call_id, file_id, contact_id, rule) values (?, ?, ?, ?, 'override') returning id`,
    [firmId, call, fileId, contactId],
  );
  return String(rows[0]?.id);
}
