import { emailAddress, identityErrors, type PermittedData, type User, UserRepository } from '@portico/domain/identity';
import type { FirmId, UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

export class MikroOrmUserRepository extends UserRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(user: User, permitted: PermittedData): Promise<void> {
    const { em } = this.database;
    try {
      em.persist(user);
      await em.flush();
    } catch (error) {
      if (violatedConstraint(error) === 'users_email_key') throw identityErrors.emailTaken(user.email);
      if (violatedConstraint(error) === 'users_firm_id_fkey') throw identityErrors.firmNotFound(user.firmId);
      throw error;
    }
    await this.permit(user, 'entities', 'user_entities', 'entity_id', permitted.entityIds);
    await this.permit(user, 'groups', 'user_groups', 'group_id', permitted.groupIds);
  }

  async findIdByEmail(firmId: FirmId, email: string): Promise<UserId | null> {
    const rows: { id: string }[] = await this.database.em.execute(
      'select id from users where firm_id = ? and email = ?',
      [firmId, emailAddress(email)],
    );
    return rows[0] ? (String(rows[0].id) as UserId) : null;
  }

  private async permit(
    user: User,
    kind: 'entities' | 'groups',
    table: 'user_entities' | 'user_groups',
    column: 'entity_id' | 'group_id',
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    const rows: { id: string }[] = await this.database.em.execute(
      `insert into ${table} (firm_id, user_id, ${column})
       select firm_id, ?::bigint, id from ${kind} where firm_id = ? and id = any (?::bigint[])
       returning ${column} as id`,
      [user.id, user.firmId, `{${[...new Set(ids)].join(',')}}`],
    );
    const known = new Set(rows.map((row) => String(row.id)));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) throw identityErrors.unknownAssociations(kind, unknown);
  }
}
