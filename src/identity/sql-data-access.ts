import { DataAccess } from '@portico/domain/identity';
import { type Actor, isId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { permittedEntities, permittedGroups } from '../platform/database/permitted.sql.js';

const USER = '(select ?::bigint as id) u,';
const ANY = { entities: select('entities', ''), groups: select('groups', '') };
const PERMITTED = {
  entities: select('entities', `and r.id in ${permittedEntities('u.id')}`, USER),
  groups: select('groups', `and r.id in ${permittedGroups('u.id')}`, USER),
};

function select(of: string, permitted: string, user = ''): string {
  return `select r.id from ${user} ${of} r where r.firm_id = ? and r.id = any (?::bigint[]) ${permitted}
    order by r.id for key share of r`;
}

export class SqlDataAccess extends DataAccess {
  constructor(private readonly database: Database) {
    super();
  }

  async outOfReach(actor: Actor, of: 'entities' | 'groups', ids: readonly string[]): Promise<readonly string[]> {
    const asked = [...new Set(ids)].filter(isId);
    const reached = asked.length === 0 ? new Set<string>() : await this.within(actor, of, asked);
    return ids.filter((id) => !reached.has(id));
  }

  /** Those of `ids` that are in reach; they are kept from being deleted. */
  private async within(actor: Actor, of: 'entities' | 'groups', ids: readonly string[]): Promise<Set<string>> {
    const asked = [actor.firmId, `{${ids.join(',')}}`];
    const rows: { id: string }[] = actor.allDataAccess
      ? await this.database.em.execute(ANY[of], asked)
      : await this.database.em.execute(PERMITTED[of], [actor.userId, ...asked]);
    return new Set(rows.map(({ id }) => String(id)));
  }
}
