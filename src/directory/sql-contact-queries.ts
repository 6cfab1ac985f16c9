import {
  type ContactField,
  type ContactFilters,
  type ContactListItem,
  ContactQueries,
  ssnContext,
} from '@portico/domain/directory';
import {
  type Actor,
  type ContactId,
  type CountedList,
  type EntityId,
  type FirmId,
  type GroupId,
  type ListRequest,
  type Page,
  pageOf,
  type PageRequest,
  type Sealer,
} from '@portico/domain/kernel';
import { addFilters, countedList, type ListColumns } from '../platform/database/counted-list.js';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';
import { prepared } from '../platform/database/prepared.js';
import { Conditions } from '../platform/database/conditions.js';
import { readableContacts } from './readable-contacts.sql.js';

interface ContactRow extends Omit<ContactListItem, 'ssn' | 'entityIds' | 'groupIds' | 'defaultAffiliation'> {
  firmId: FirmId;
  sealedSsn: Buffer | null;
  defaultEntityId: EntityId | null;
  defaultGroupId: GroupId | null;
  /** Separated by commas. */
  entityIds: string | null;
  groupIds: string | null;
}

const COLUMNS = `c.id, c.firm_id as "firmId", c.title, c.first_name as "firstName", c.last_name as "lastName", c.suffix,
  c.external_user_id as "externalUserId", c.login_email as "loginEmail", c.portal_access as "portalAccess",
  to_char(c.birthday, 'YYYY-MM-DD') as birthday, c.employer, c.occupation, c.sealed_ssn as "sealedSsn",
  c.is_exempt_from_two_factor_requirement as "isExemptFromTwoFactorRequirement",
  c.mailing_addresses as "mailingAddresses", c.emails, c.phone_numbers as "phoneNumbers",
  c.family_members as "familyMembers", c.default_entity_id as "defaultEntityId",
  c.default_group_id as "defaultGroupId", c.time_zone as "timeZone", c.language, c.portal_role as "portalRole",
  c.publish_files as "publishFiles", c.notify_by_email as "notifyByEmail", c.created_at as "createdAt",
  c.modified_at as "modifiedAt"`;

const column = (sql: string, type: 'text' | 'bigint' | 'boolean' | 'date' | 'timestamptz' = 'text') => ({ sql, type });

/** `clientId` is what the actor sees of it. */
const FIELDS: Omit<ListColumns<ContactField>, 'clientId'> = {
  id: column('c.id', 'bigint'),
  externalId: column('c.external_user_id'),
  loginEmail: column('c.login_email'),
  portalAccess: column('c.portal_access'),
  portalRole: column('c.portal_role'),
  firstName: column('c.first_name'),
  lastName: column('c.last_name'),
  employer: column('c.employer'),
  occupation: column('c.occupation'),
  birthday: column('c.birthday', 'date'),
  timeZone: column('c.time_zone'),
  language: column('c.language'),
  publishFiles: column('c.publish_files', 'boolean'),
  notifyByEmail: column('c.notify_by_email', 'boolean'),
  createdAt: column('c.created_at', 'timestamptz'),
  updatedAt: column('c.modified_at', 'timestamptz'),
};

/** Reads contacts with one statement for each question, whatever the number of contacts and affiliations. */
export class SqlContactQueries extends ContactQueries {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {
    super();
  }

  async find(actor: Actor, id: ContactId): Promise<ContactListItem | null> {
    const question = new Question(actor);
    question.where.add('c.id =', id);
    const rows = await this.rows(question);
    return rows[0] ? this.itemOf(rows[0]) : null;
  }

  async list(actor: Actor, page: PageRequest, filters: ContactFilters = {}): Promise<Page<ContactListItem>> {
    const question = new Question(actor).filtered(filters);
    question.where.add('c.id >', page.after ?? '0');
    const limit = question.where.value(page.limit + 1);
    const { items, next } = pageOf(await this.rows(question, `order by c.id limit ${limit}`), page.limit);
    return { items: items.map((row) => this.itemOf(row)), next };
  }

  async listCounted(
    actor: Actor,
    { filters, sort, ...part }: ListRequest<ContactField>,
  ): Promise<CountedList<ContactListItem>> {
    const { columns, client, from, where } = new Question(actor);
    const fields = { ...FIELDS, clientId: column(client, 'bigint') };
    addFilters(where, filters, fields);
    const sorted = { ...part, sort: { sql: fields[sort.field].sql, order: sort.order } };
    const list = { select: columns, from, where, id: 'c.id' };
    const { items, total } = await countedList<ContactRow>(this.database, list, sorted);
    return { items: items.map((row) => this.itemOf(row)), total };
  }

  private rows({ select, where }: Question, order = ''): Promise<ContactRow[]> {
    return this.database.query<ContactRow>(prepared(`${select} where ${where.text} ${order}`), where.values);
  }

  private itemOf(row: ContactRow): ContactListItem {
    const { firmId: _firmId, sealedSsn, defaultEntityId, defaultGroupId, entityIds, groupIds, ...contact } = row;
    const affiliations = { entityIds: ids<EntityId>(entityIds), groupIds: ids<GroupId>(groupIds) };
    const entity = defaultEntityId !== null && affiliations.entityIds.includes(defaultEntityId);
    const group = defaultGroupId !== null && affiliations.groupIds.includes(defaultGroupId);
    return {
      ...contact,
      ...affiliations,
      ssn: sealedSsn === null ? null : this.sealer.open(ssnContext(row), sealedSsn),
      defaultAffiliation: entity ? { entityId: defaultEntityId } : group ? { groupId: defaultGroupId } : null,
    };
  }
}

/** What an actor asks: a user without all data access sees their own contacts, and of those their own affiliations. */
class Question {
  readonly where: Conditions;
  readonly columns: string;
  readonly from = 'contacts c';
  /** The client whose contact it is, as far as the actor can see. */
  readonly client: string;
  private readonly entities: string;
  private readonly groups: string;

  constructor(actor: Actor) {
    this.where = new Conditions().add('c.firm_id =', actor.firmId);
    const user = actor.allDataAccess ? null : this.where.value(actor.userId);
    if (user !== null) this.where.and(`c.id in ${readableContacts(user)}`);
    this.entities = user === null ? '' : `and a.entity_id in ${permittedEntities(user)}`;
    this.groups = user === null ? '' : `and a.group_id in ${permittedGroups(user)}`;
    this.client = user === null ? 'c.client_id' : clientPermittedTo(user);
    this.columns = `${COLUMNS}, ${this.client} as "clientId",
      (select string_agg(a.entity_id::text, ',' order by a.entity_id) from contact_entities a
        where a.contact_id = c.id ${this.entities}) as "entityIds",
      (select string_agg(a.group_id::text, ',' order by a.group_id) from contact_groups a
        where a.contact_id = c.id ${this.groups}) as "groupIds"`;
  }

  get select(): string {
    return `select ${this.columns} from ${this.from}`;
  }

  filtered({ portalAccess, loginEmail, externalUserId, entityId, groupId }: ContactFilters): this {
    const { where } = this;
    if (portalAccess !== undefined) where.add('c.portal_access =', portalAccess);
    if (loginEmail !== undefined) where.add('c.login_email =', loginEmail.trim().normalize('NFC').toLowerCase());
    if (externalUserId !== undefined) where.add('c.external_user_id =', externalUserId);
    if (entityId !== undefined)
      where.and(`c.id in (select a.contact_id from contact_entities a
        where a.entity_id = ${where.value(entityId)} ${this.entities})`);
    if (groupId !== undefined)
      where.and(`c.id in (select a.contact_id from contact_groups a
        where a.group_id = ${where.value(groupId)} ${this.groups})`);
    return this;
  }
}

/** The client, when its entity is permitted to the user. */
const clientPermittedTo = (user: string): string =>
  `(select l.id from clients l where l.id = c.client_id and l.entity_id in ${permittedEntities(user)})`;

function ids<Id extends string>(joined: string | null): Id[] {
  return joined === null ? [] : (joined.split(',') as Id[]);
}
