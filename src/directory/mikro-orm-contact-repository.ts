import { LockMode } from '@mikro-orm/core';
import { type Affiliations, Contact, contactErrors, ContactRepository } from '@portico/domain/directory';
import type { Reach } from '@portico/domain/identity';
import type { ClientId, ContactId, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

const ENTITIES = { table: 'contact_entities', column: 'entity_id' } as const;
const GROUPS = { table: 'contact_groups', column: 'group_id' } as const;
/** The default affiliation is one of the contact's affiliations. */
const DEFAULTS = new Set(['contacts_default_entity', 'contacts_default_group']);
/** What refers to a contact to whom files were published. */
const PROOF = new Set(['publications_contact', 'publications_delivery', 'deliveries_contact', 'publish_calls_contact']);
type Kind = typeof ENTITIES | typeof GROUPS;

export class MikroOrmContactRepository extends ContactRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(contact: Contact): Promise<void> {
    this.database.em.persist(contact);
    await this.requireUnique(contact);
  }

  async addAll(contacts: readonly Contact[]): Promise<void> {
    this.database.em.persist(contacts);
    await this.flush('one of these addresses', 'of one of these rows');
  }

  find(firmId: FirmId, id: ContactId): Promise<Contact | null> {
    return this.database.em.findOne(Contact, { firmId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  requireUnique({ loginEmail, externalUserId }: Contact): Promise<void> {
    return this.flush(loginEmail ?? '', externalUserId ?? '');
  }

  private async flush(loginEmail: string, externalUserId: string): Promise<void> {
    try {
      await this.database.em.flush();
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'contacts_login_email_key') throw contactErrors.loginEmailTaken(loginEmail);
      if (constraint === 'contacts_external_user_id_key') throw contactErrors.externalUserIdTaken(externalUserId);
      if (DEFAULTS.has(constraint ?? '')) throw contactErrors.notAffiliated();
      throw error;
    }
  }

  async remove(contact: Contact): Promise<void> {
    const { em } = this.database;
    em.remove(contact);
    try {
      await em.flush();
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === null) throw error;
      throw PROOF.has(constraint) ? contactErrors.hasFiles(contact.id) : contactErrors.inUse(contact.id);
    }
  }

  async affiliationsOf(firmId: FirmId, id: ContactId): Promise<Affiliations> {
    const entityIds = await this.ids<EntityId>(ENTITIES, firmId, id);
    return { entityIds, groupIds: await this.ids<GroupId>(GROUPS, firmId, id) };
  }

  async affiliate(firmId: FirmId, id: ContactId, { entityIds, groupIds }: Affiliations): Promise<void> {
    await this.affiliateEach(ENTITIES, firmId, id, entityIds);
    await this.affiliateEach(GROUPS, firmId, id, groupIds);
  }

  async separate(firmId: FirmId, id: ContactId, { entityIds, groupIds }: Affiliations): Promise<void> {
    await this.separateEach(ENTITIES, firmId, id, entityIds);
    await this.separateEach(GROUPS, firmId, id, groupIds);
  }

  async entityOfClient(firmId: FirmId, id: ClientId): Promise<EntityId | null> {
    const rows: { id: EntityId }[] = await this.database.em.execute(
      'select entity_id::text as id from clients where firm_id = ? and id = ?',
      [firmId, id],
    );
    return rows[0]?.id ?? null;
  }

  async reachOf(firmId: FirmId, contact: Contact, userId: UserId): Promise<Reach> {
    const rows: { associations: string; permitted: string }[] = await this.database.em.execute(
      `select count(*) as associations, count(*) filter (where permitted) as permitted from (
         select entity_id in ${permittedEntities('u.id')} as permitted
           from contact_entities a, (select ?::bigint as id) u where a.firm_id = ? and a.contact_id = ?
         union all
         select group_id in ${permittedGroups('u.id')}
           from contact_groups a, (select ?::bigint as id) u where a.firm_id = ? and a.contact_id = ?
       ) reach`,
      [userId, firmId, contact.id, userId, firmId, contact.id],
    );
    return {
      createdBy: contact.createdBy,
      associations: Number(rows[0]?.associations),
      permitted: Number(rows[0]?.permitted),
    };
  }

  private async ids<Id extends string>({ table, column }: Kind, firmId: FirmId, id: ContactId): Promise<Id[]> {
    const rows: { id: string }[] = await this.database.em.execute(
      `select ${column} as id from ${table} where firm_id = ? and contact_id = ? order by ${column}`,
      [firmId, id],
    );
    return rows.map((row) => String(row.id) as Id);
  }

  private async affiliateEach(
    { table, column }: Kind,
    firmId: FirmId,
    id: ContactId,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.database.em.execute(
      `insert into ${table} (firm_id, contact_id, ${column})
       select ?::bigint, ?::bigint, unnest(?::bigint[]) on conflict do nothing`,
      [firmId, id, `{${ids.join(',')}}`],
    );
  }

  private async separateEach(
    { table, column }: Kind,
    firmId: FirmId,
    id: ContactId,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.database.em.execute(
      `delete from ${table} where firm_id = ? and contact_id = ? and ${column} = any (?::bigint[])`,
      [firmId, id, `{${ids.join(',')}}`],
    );
  }
}
