import type { ContactId, FirmId } from '@portico/domain/kernel';
import { type Subscription, SubscriptionQueries } from '@portico/domain/notifications';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const FIND = statement(`
  select f.name as "firmName", c.language, c.notify_by_email as "isOn"
  from contacts c join firms f on f.id = c.firm_id where c.firm_id = $1 and c.id = $2`);

export class SqlSubscriptionQueries extends SubscriptionQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(firmId: FirmId, contactId: ContactId): Promise<Subscription | null> {
    const [row] = await this.database.query<Subscription>(FIND, [firmId, contactId]);
    return row ?? null;
  }
}
