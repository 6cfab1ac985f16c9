import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type Inbox, INBOX_NAME, Inboxes } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';

const HOLD_ROOT = `
  select from clients c join files root on root.firm_id = c.firm_id and root.id = c.root_folder_id
  where c.firm_id = ? and c.id = ? for no key update of root`;

/** Of several folders of that name, the oldest. */
const FIND = `
  select root.id::text as "rootId", inbox.id::text as "folderId", c.delivery_manager_id::text as "managerId",
    coalesce(c.delivery_manager_id,
      (select min(u.id) from users u where u.firm_id = c.firm_id and 'firm_admin' = any (u.permissions)),
      (select min(u.id) from users u where u.firm_id = c.firm_id))::text as "keeperId"
  from clients c
    join files root on root.firm_id = c.firm_id and root.id = c.root_folder_id and root.deleted_at is null
    left join lateral (
      select f.id from files f
      where f.firm_id = root.firm_id and f.parent_id = root.id and f.name = ? and f.is_folder and f.deleted_at is null
      order by f.id limit 1) inbox on true
  where c.firm_id = ? and c.id = ?`;

export class SqlInboxes extends Inboxes {
  private readonly statements: Statements;

  constructor(database: Database) {
    super();
    this.statements = new Statements(database);
  }

  async find(firmId: FirmId, companyId: ClientId): Promise<Inbox | null> {
    const [inbox] = await this.statements.run<Inbox>(FIND, [INBOX_NAME, firmId, companyId]);
    return inbox ?? null;
  }

  /** What was committed while this one waited is seen by the second statement. */
  async findAlone(firmId: FirmId, companyId: ClientId): Promise<Inbox | null> {
    await this.statements.run(HOLD_ROOT, [firmId, companyId]);
    return this.find(firmId, companyId);
  }
}
