import type { ClientId, Clock, FirmId } from '@portico/domain/kernel';
import { type CompanyDay, CompanyDays, dayIn } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** The ids come as JSON, of which no plan knows how many there are: then the plan that is kept serves for all calls. */
const ZONES = statement(`select c.id, c.time_zone as "timeZone"
  from jsonb_array_elements_text($2::jsonb) asked (id) join clients c on c.firm_id = $1 and c.id = asked.id::bigint
  order by c.id`);

/** The time zones are the runtime's: the database may not know all names that clients can have. */
export class SqlCompanyDays extends CompanyDays {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(firmId: FirmId, companyIds: readonly ClientId[]): Promise<readonly CompanyDay[]> {
    const rows = await this.database.query<{ id: ClientId; timeZone: string }>(ZONES, [firmId, JSON.stringify(companyIds)]);
    const now = this.clock.now();
    return rows.map(({ id, timeZone }) => ({ companyId: id, today: dayIn(timeZone, now) }));
  }
}
