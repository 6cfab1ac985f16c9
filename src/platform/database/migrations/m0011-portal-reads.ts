import { Migration } from '@mikro-orm/migrations';

/** What lets the portal of a client with much work answer as fast as that of one with little. */
export class M0011PortalReads extends Migration {
  override up(): void {
    for (const sql of [TASKS, INVOICES, MILESTONES, HISTORY]) this.addSql(sql);
  }
}

/** How far projects are is counted in the index alone. */
const TASKS = `
create index tasks_counted on tasks (firm_id, client_id, project_id, status_value, due_date)
  where not is_private and project_id is not null;
`;

/** What a client owes is summed in the index alone. */
const INVOICES = `
create index invoices_owed on invoices (firm_id, client_id, currency, status, due_date)
  include (total_amount, amount_due) where status in ('submitted', 'authorised', 'paid');
`;

/** What comes next is at the beginning of it. */
const MILESTONES = `
create index roadmap_items_to_come on roadmap_items (firm_id, client_id, end_date, position, id)
  where status <> 'completed' and end_date is not null;
`;

/** What clients may see, and when invoices and budgets became, or were, a draft. */
const HISTORY = `
create index history_of_work on history (firm_id, client_id, id)
  where client_id is not null and subject_type in ('project', 'invoice', 'budget');
create index history_of_status on history (firm_id, subject_type, subject_id, id)
  where subject_type in ('invoice', 'budget') and (details -> 'status') is not null;
`;
