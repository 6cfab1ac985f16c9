import { type ClientId, type FirmId, isUuid } from '@portico/domain/kernel';
import {
  type ListWindow,
  type PortalBudget,
  type PortalBudgetDetails,
  type PortalBudgetLine,
  PortalBudgetQueries,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** Instants are text in JSON. */
type LineRow = Omit<PortalBudgetLine, 'createdAt'> & { readonly createdAt: string };
type DetailsRow = PortalBudget & { readonly lines: readonly LineRow[] };

/** Of a budget `b`. */
const BUDGET = `b.id, b.name, b.resource_type as "resourceType", b.resource_id as "resourceId",
  coalesce((select p.name from projects p where p.firm_id = b.firm_id and p.id = b.project_id),
    (select d.name from deals d where d.firm_id = b.firm_id and d.id = b.deal_id)) as "resourceName",
  b.client_id::text as "companyId",
  (select c.name from clients c where c.firm_id = b.firm_id and c.id = b.client_id) as "companyName",
  b.owner_id::text as "ownerId",
  (select u.name from users u where u.firm_id = b.firm_id and u.id = b.owner_id) as "ownerName",
  b.po_number as "poNumber", b.currency, b.status, b.total_amount::text as "totalAmount",
  b.line_item_count as "lineItemCount", b.spent_amount::text as "spentAmount",
  b.logged_hours::float8 as "loggedHours", b.approved_at as "approvedAt", b.created_at as "createdAt",
  b.updated_at as "updatedAt"`;

/** The budgets `b` that companies see; the values are the firm and the companies. */
const SHOWN = `budgets b where b.firm_id = $1 and b.client_id = any ($2::bigint[]) and b.status <> 'draft'`;

const INVOICED = `(select coalesce(sum(il.amount), 0.00)::text from invoice_line_items il
    join invoices i on i.firm_id = il.firm_id and i.id = il.invoice_id
  where il.budget_line_item_id = l.id and i.status not in ('draft', 'voided'))`;

const LINE = `l.id, l.name, l.description, l.service_type_name as "serviceTypeName", t.id as "taskId",
  t.title as "taskTitle", l.quantity::float8 as quantity, l.unit_price::text as "unitPrice", l.amount::text as amount,
  l.logged_hours::float8 as "loggedHours", ${INVOICED} as "invoicedAmount", l.position, l.created_at as "createdAt"`;

const LINES = `(select coalesce(json_agg(row_to_json(one)), '[]') from (
    select ${LINE} from budget_line_items l
      left join tasks t on t.firm_id = l.firm_id and t.id = l.task_id and not t.is_private
    where l.firm_id = b.firm_id and l.budget_id = b.id order by l.position, l.created_at, l.id) one)`;

/** The names are looked up for the rows of the part alone, one by one. */
const LIST = statement(`select ${BUDGET} from (
    select b.* from ${SHOWN} order by b.created_at desc, b.id desc limit $3::bigint offset $4::bigint) b
  order by b.created_at desc, b.id desc`);
const FIND = statement(`select ${BUDGET}, ${LINES} as lines from ${SHOWN} and b.id = $3::uuid`);

export class SqlPortalBudgetQueries extends PortalBudgetQueries {
  constructor(private readonly database: Database) {
    super();
  }

  list(firmId: FirmId, companyIds: readonly ClientId[], window: ListWindow): Promise<PortalBudget[]> {
    return this.database.query(LIST, [firmId, companyIds, window.limit, window.offset]);
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<PortalBudgetDetails | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.query<DetailsRow>(FIND, [firmId, companyIds, id]);
    if (!row) return null;
    const { lines, ...budget } = row;
    return { budget, lines: lines.map((line) => ({ ...line, createdAt: new Date(line.createdAt) })) };
  }
}
