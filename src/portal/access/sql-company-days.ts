import { type ClientId, type Clock, type FirmId, dayIn } from '@portico/domain/kernel';
import { type CompanyDay, CompanyDays } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const ZONES = statement(`select id, time_zone as "timeZone" from clients
  where firm_id = $1 and id = any ($2::bigint[]) order by id`);

/** The time zones are the runtime's: the database may not know all names that clients can have. */
export class SqlCompanyDays extends CompanyDays {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(firmId: FirmId, companyIds: readonly ClientId[]): Promise<readonly CompanyDay[]> {
    const rows = await this.database.query<{ id: ClientId; timeZone: string }>(ZONES, [firmId, companyIds]);
    const now = this.clock.now();
    return rows.map(({ id, timeZone }) => ({ companyId: id, today: dayIn(timeZone, now) }));
  }
}
