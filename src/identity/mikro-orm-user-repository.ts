import { identityErrors, type PermittedData, User, UserRepository } from '@portico/domain/identity';
import {
  emailAddress,
  type EntityId,
  type FirmId,
  type GroupId,
  isId,
  UnknownIds,
  type UserId,
} from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

const ENTITIES = { of: 'entities', table: 'user_entities', column: 'entity_id' } as const;
const GROUPS = { of: 'groups', table: 'user_groups', column: 'group_id' } as const;
type Kind = typeof ENTITIES | typeof GROUPS;

export class MikroOrmUserRepository extends UserRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(user: User, permitted: PermittedData): Promise<void> {
    this.database.em.persist(user);
    await this.requireUnique(user);
    await this.permit(user.firmId, user.id, permitted);
  }

  /** No `for update`: rows that only refer to the user, because they made them, need not wait. */
  async find(firmId: FirmId, id: UserId): Promise<User | null> {
    const { em } = this.database;
    await em.execute('select from users where firm_id = ? and id = ? for no key update', [firmId, id]);
    return em.findOne(User, { firmId, id });
  }

  async findIdByEmail(firmId: FirmId, email: string): Promise<UserId | null> {
    const rows: { id: string }[] = await this.database.em.execute(
      'select id from users where firm_id = ? and email = ?',
      [firmId, emailAddress(email)],
    );
    return rows[0] ? (String(rows[0].id) as UserId) : null;
  }

  async requireUnique(user: User): Promise<void> {
    try {
      await this.database.em.flush();
    } catch (error) {
      switch (violatedConstraint(error)) {
        case 'users_email_key':
          throw identityErrors.emailTaken(user.email);
        case 'users_external_user_id_key':
          throw identityErrors.externalUserIdTaken(user.externalUserId ?? '');
        case 'users_firm_id_fkey':
          throw identityErrors.firmNotFound(user.firmId);
        default:
          throw error;
      }
    }
  }

  async permittedTo(firmId: FirmId, id: UserId): Promise<PermittedData> {
    const entityIds = await this.ids<EntityId>(ENTITIES, firmId, id);
    return { entityIds, groupIds: await this.ids<GroupId>(GROUPS, firmId, id) };
  }

  async permit(firmId: FirmId, id: UserId, { entityIds, groupIds }: PermittedData): Promise<void> {
    await this.permitEach(ENTITIES, firmId, id, entityIds);
    await this.permitEach(GROUPS, firmId, id, groupIds);
  }

  async withdraw(firmId: FirmId, id: UserId, { entityIds, groupIds }: PermittedData): Promise<void> {
    await this.withdrawEach(ENTITIES, firmId, id, entityIds);
    await this.withdrawEach(GROUPS, firmId, id, groupIds);
  }

  async countOtherAdministrators(firmId: FirmId, id: UserId): Promise<number> {
    const { em } = this.database;
    await em.execute('select from firms where id = ? for no key update', [firmId]);
    const rows: { count: string }[] = await em.execute(
      `select count(*) from users where firm_id = ? and id <> ? and 'firm_admin' = any (permissions)`,
      [firmId, id],
    );
    return Number(rows[0]?.count);
  }

  private async ids<Id extends string>({ table, column }: Kind, firmId: FirmId, id: UserId): Promise<Id[]> {
    const rows: { id: string }[] = await this.database.em.execute(
      `select ${column} as id from ${table} where firm_id = ? and user_id = ? order by ${column}`,
      [firmId, id],
    );
    return rows.map((row) => String(row.id) as Id);
  }

  private async permitEach(
    { of, table, column }: Kind,
    firmId: FirmId,
    id: UserId,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    const asked = `{${[...new Set(ids)].filter(isId).join(',')}}`;
    const rows: { id: string }[] = await this.database.em.execute(
      `with known as (select id from ${of} where firm_id = ? and id = any (?::bigint[]) for key share),
       added as (insert into ${table} (firm_id, user_id, ${column})
         select ?::bigint, ?::bigint, id from known on conflict do nothing)
       select id from known`,
      [firmId, asked, firmId, id],
    );
    const known = new Set(rows.map((row) => String(row.id)));
    const unknown = ids.filter((one) => !known.has(one));
    if (unknown.length > 0) throw new UnknownIds(of, unknown);
  }

  private async withdrawEach(
    { table, column }: Kind,
    firmId: FirmId,
    id: UserId,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.database.em.execute(
      `delete from ${table} where firm_id = ? and user_id = ? and ${column} = any (?::bigint[])`,
      [firmId, id, `{${ids.join(',')}}`],
    );
  }
}
