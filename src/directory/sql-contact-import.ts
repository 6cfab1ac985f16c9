import { Contact, ContactImport, type ContactMove, type ImportedClient } from '@portico/domain/directory';
import type { Reach } from '@portico/domain/identity';
import { type ClientId, type ContactId, type EntityId, type FirmId, isId, type UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

const list = (ids: readonly string[]): string => `{${ids.filter(isId).join(',')}}`;
const TEXTS = '(select jsonb_array_elements_text(?::jsonb))';

export class SqlContactImport extends ContactImport {
  constructor(private readonly database: Database) {
    super();
  }

  async findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Contact[]> {
    const rows = await this.rows<{ id: ContactId }>(
      `select id::text as id from contacts where firm_id = ? and external_user_id in ${TEXTS} order by id for update`,
      [firmId, JSON.stringify(externalIds)],
    );
    if (rows.length === 0) return [];
    return this.database.em.find(Contact, { firmId, id: { $in: rows.map(({ id }) => id) } });
  }

  clients(firmId: FirmId, ids: readonly ClientId[], externalIds: readonly string[]): Promise<ImportedClient[]> {
    return this.rows<ImportedClient>(
      // apart, because no index serves both
      `select id::text as id, external_id as "externalId", entity_id::text as "entityId" from clients
       where firm_id = ? and id = any (?::bigint[])
       union
       select id::text, external_id, entity_id::text from clients where firm_id = ? and external_id in ${TEXTS}`,
      [firmId, list(ids), firmId, JSON.stringify(externalIds)],
    );
  }

  async entitiesOf(firmId: FirmId, ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, EntityId>> {
    if (ids.length === 0) return new Map();
    const rows = await this.clients(firmId, ids, []);
    return new Map(rows.map(({ id, entityId }) => [id, entityId]));
  }

  async ownersOf(firmId: FirmId, loginEmails: readonly string[]): Promise<ReadonlyMap<string, ContactId>> {
    const rows = await this.rows<{ id: ContactId; address: string }>(
      `select id::text as id, login_email as address from contacts where firm_id = ? and login_email in ${TEXTS}`,
      [firmId, JSON.stringify(loginEmails)],
    );
    return new Map(rows.map(({ id, address }) => [address, id]));
  }

  async reachesOf(firmId: FirmId, ids: readonly ContactId[], userId: UserId): Promise<ReadonlyMap<ContactId, Reach>> {
    const rows = await this.rows<{ id: ContactId; createdBy: UserId; associations: number; permitted: number }>(
      `select c.id::text as id, c.created_by::text as "createdBy", count(a.permitted)::integer as associations,
         (count(*) filter (where a.permitted))::integer as permitted
       from (select ?::bigint as id) u cross join contacts c left join lateral (
         select entity_id in ${permittedEntities('u.id')} as permitted from contact_entities where contact_id = c.id
         union all
         select group_id in ${permittedGroups('u.id')} from contact_groups where contact_id = c.id
       ) a on true
       where c.firm_id = ? and c.id = any (?::bigint[]) group by c.id, c.created_by`,
      [userId, firmId, list(ids)],
    );
    return new Map(rows.map(({ id, ...reach }) => [id, reach]));
  }

  async move(firmId: FirmId, moves: readonly (ContactMove & { readonly id: ContactId })[]): Promise<void> {
    if (moves.length === 0) return;
    const given = JSON.stringify(moves);
    const all = 'jsonb_to_recordset(?::jsonb) as m (id bigint, "left" bigint, joined bigint)';
    await this.database.em.execute(
      `delete from contact_entities a using ${all}
       where a.firm_id = ? and a.contact_id = m.id and a.entity_id = m."left" and m."left" is distinct from m.joined`,
      [given, firmId],
    );
    await this.database.em.execute(
      `insert into contact_entities (firm_id, contact_id, entity_id)
       select ?::bigint, m.id, m.joined from ${all} where m.joined is not null on conflict do nothing`,
      [firmId, given],
    );
  }

  private async rows<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const rows: Row[] = await this.database.em.execute(text, [...values]);
    return rows;
  }
}
