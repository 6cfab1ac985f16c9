import {
  Client,
  clientErrors,
  ClientRepository,
  type PolicyOfClients,
  type RenamedClient,
} from '@portico/domain/directory';
import { type ClientId, type FirmId, isId, isUuid, type SlaPolicyId, type UserId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

/** Any constant will do, as long as every version of Portico uses it; the firm is the other half of the key. */
const GROUPS_LOCK = 7_309_484;

export class MikroOrmClientRepository extends ClientRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(...clients: readonly Client[]): Promise<void> {
    this.database.em.persist(clients);
    await this.write();
  }

  async find(firmId: FirmId, id: ClientId): Promise<Client | null> {
    const [client] = await this.findAll(firmId, [id]);
    return client ?? null;
  }

  findAll(firmId: FirmId, ids: readonly ClientId[]): Promise<Client[]> {
    return this.locked(firmId, 'id = any (?::bigint[])', `{${ids.filter(isId).join(',')}}`);
  }

  findByExternalIds(firmId: FirmId, externalIds: readonly string[]): Promise<Client[]> {
    const names = 'external_id in (select jsonb_array_elements_text(?::jsonb))';
    return this.locked(firmId, names, JSON.stringify(externalIds));
  }

  async write(): Promise<void> {
    try {
      await this.database.em.flush();
    } catch (error) {
      if (violatedConstraint(error) === 'clients_external_id_key') throw clientErrors.externalIdTaken();
      throw error;
    }
  }

  async carryNames(firmId: FirmId, renamed: readonly RenamedClient[], now: Date): Promise<void> {
    if (renamed.length === 0) return;
    await this.database.em.execute(
      `update entities e set original_name = r."to", modified_at = ?
       from jsonb_to_recordset(?::jsonb) as r ("entityId" bigint, "from" text, "to" text)
       where e.firm_id = ? and e.id = r."entityId" and e.original_name = r."from"`,
      [now, JSON.stringify(renamed), firmId],
    );
  }

  async lockGroups(firmId: FirmId): Promise<void> {
    await this.database.em.execute('select pg_advisory_xact_lock(?, hashint8(?))', [GROUPS_LOCK, firmId]);
  }

  async childrenOf(firmId: FirmId, ids: readonly ClientId[]): Promise<Pick<Client, 'id' | 'parentId'>[]> {
    const rows: { id: ClientId; parentId: ClientId }[] = await this.database.em.execute(
      `select id::text as id, parent_id::text as "parentId" from clients
       where firm_id = ? and parent_id = any (?::bigint[])`,
      [firmId, `{${ids.join(',')}}`],
    );
    return rows;
  }

  async usersAmong(firmId: FirmId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const rows: { id: UserId }[] = await this.database.em.execute(
      'select id::text as id from users where firm_id = ? and id = any (?::bigint[])',
      [firmId, `{${ids.filter(isId).join(',')}}`],
    );
    return new Set(rows.map(({ id }) => id));
  }

  policiesAmong(
    firmId: FirmId,
    { ids, externalIds }: { readonly ids: readonly SlaPolicyId[]; readonly externalIds: readonly string[] },
  ): Promise<PolicyOfClients[]> {
    return this.database.em.execute(
      `select id::text as id, external_id as "externalId", client_id::text as "clientId" from sla_policies
       where firm_id = ? and (id = any (?::uuid[]) or external_id in (select jsonb_array_elements_text(?::jsonb)))`,
      [firmId, `{${ids.filter(isUuid).join(',')}}`, JSON.stringify(externalIds)],
    );
  }

  /** No `for update`: rows that only refer to a client need not wait. */
  private async locked(firmId: FirmId, condition: string, value: string): Promise<Client[]> {
    const { em } = this.database;
    const rows: { id: ClientId }[] = await em.execute(
      `select id::text as id from clients where firm_id = ? and ${condition} order by id for no key update`,
      [firmId, value],
    );
    if (rows.length === 0) return [];
    return em.find(Client, { firmId, id: { $in: rows.map(({ id }) => id) } });
  }
}
