import { DeliveryQueries, type DeliveryFilter, type DeliveryListItem } from '@portico/domain/notifications';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const LIST = statement(`
  select d.id, d.firm_id as "firmId", d.contact_id as "contactId", c.first_name || ' ' || c.last_name as "contactName",
    d.user_id as "userId", u.name as "userName", d.address, d.state, d.attempts, d.answer, d.queued_at as "queuedAt", d.attempted_at as "attemptedAt",
    d.next_attempt_at as "nextAttemptAt", d.settled_at as "settledAt"
  from deliveries d left join contacts c on c.firm_id = d.firm_id and c.id = d.contact_id
    left join users u on u.firm_id = d.firm_id and u.id = d.user_id
  where d.state = any ($1) and ($2::bigint is null or d.firm_id = $2)
  order by d.queued_at desc, d.id desc limit $3`);
const COUNT = statement(`select count(*)::int as count from deliveries where state = 'queued'`);

export class SqlDeliveryQueries extends DeliveryQueries {
  constructor(private readonly database: Database) {
    super();
  }

  list({ states, firmId, limit }: DeliveryFilter): Promise<readonly DeliveryListItem[]> {
    return this.database.query<DeliveryListItem & Record<string, unknown>>(LIST, [states, firmId, limit]);
  }

  async countQueued(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT, []);
    return row?.count ?? 0;
  }
}
