import { FirmRepository, identityErrors } from '@portico/domain/identity';
import type { FirmId } from '@portico/domain/kernel';
import type { Database } from '../platform/database/database.js';
import { violatedConstraint } from '../platform/database/database-errors.js';

/** Any constant will do, as long as every version of Portico uses it. */
const FIRST_FIRM_LOCK = 7_309_482;

export class MikroOrmFirmRepository extends FirmRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async add(firm: { id: FirmId | null; name: string; createdAt: Date }): Promise<FirmId> {
    const { em } = this.database;
    try {
      const rows: { id: FirmId }[] = await em.execute(
        `insert into firms (id, name, created_at)
         values (coalesce(?::bigint, nextval(pg_get_serial_sequence('firms', 'id'))), ?, ?) returning id`,
        [firm.id, firm.name, firm.createdAt],
      );
      // the sequence must never hand out an id that was given by hand
      await em.execute(`select setval(pg_get_serial_sequence('firms', 'id'), (select max(id) from firms))`);
      return String(rows[0]?.id) as FirmId;
    } catch (error) {
      if (firm.id && violatedConstraint(error) === 'firms_pkey') throw identityErrors.firmIdTaken(firm.id);
      throw error;
    }
  }

  async exists(id: FirmId): Promise<boolean> {
    const rows: unknown[] = await this.database.em.execute('select 1 from firms where id = ?', [id]);
    return rows.length > 0;
  }

  async isAny(): Promise<boolean> {
    const { em } = this.database;
    await em.execute('select pg_advisory_xact_lock(?)', [FIRST_FIRM_LOCK]);
    const rows: unknown[] = await em.execute('select 1 from firms limit 1');
    return rows.length > 0;
  }
}
