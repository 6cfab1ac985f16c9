import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type ActiveProject,
  type CompanyDay,
  type CompanyDays,
  DashboardQueries,
  type Financial,
  type Milestone,
  type Overview,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { CompanyStatement } from '../company-statement.js';
import { taskCountsOf, type WithCounts, withTasks } from '../projects/task-counts.sql.js';

const PROJECTS = new CompanyStatement(
  (companies) => `
  select p.id, p.name, p.client_id as "companyId", c.name as "companyName", p.type_label as "typeLabel",
    m.name as "deliveryManagerName", p.start_date::text as "startDate", p.end_date::text as "endDate", counts.*
  from (select p.*, company.today from ${companies} join projects p on p.firm_id = $1 and p.client_id = company.id
      where p.status = 'active' order by p.id desc limit 1000) p
    join clients c on c.firm_id = p.firm_id and c.id = p.client_id
    left join users m on m.firm_id = p.firm_id and m.id = p.delivery_manager_id
    cross join lateral (${taskCountsOf('p')}) counts
  order by p.id desc`,
);

const IS_OPEN = `i.status in ('submitted', 'authorised') and i.amount_due > 0`;
const sum = (amount: string, condition: string): string =>
  `round(coalesce(sum(i.${amount}) filter (where ${condition}), 0), 2)::text`;

/** Each company's next ones are found in its own index, then the next of all. */
const milestones = (companies: string): string => `
  select i.id, i.title, i.project_id as "projectId", i.project_name as "projectName", i.roadmap_id as "roadmapId",
    i.start_date as "startDate", i.end_date as "dueDate", i.status
  from ${companies} cross join lateral (
    select i.*, r.project_id, p.name as project_name
    from roadmap_items i
      join roadmaps r on r.firm_id = i.firm_id and r.id = i.roadmap_id
      left join projects p on p.firm_id = r.firm_id and p.id = r.project_id
    where i.firm_id = $1 and i.client_id = company.id and i.end_date >= company.today and i.status <> 'completed'
      and coalesce(p.status in ('planned', 'active', 'on_hold'), true)
    order by i.end_date, i.position, i.id limit 10) i
  order by i.end_date, i.position, i.id limit 10`;

/** What is owed in the currency of the company that is the fourth value, and what comes next. */
const DUE = new CompanyStatement(
  (companies) => `
  select ${sum('total_amount', 'true')} as "totalInvoiced", ${sum('amount_due', IS_OPEN)} as "totalOutstanding",
    ${sum('amount_due', `${IS_OPEN} and i.due_date < company.today`)} as "totalOverdue", own.currency,
    (select coalesce(json_agg(row_to_json(m)), '[]') from (${milestones(companies)}) m) as milestones
  from clients own
    cross join ${companies}
    left join invoices i on i.firm_id = $1 and i.client_id = company.id and i.currency = own.currency
      and i.status in ('submitted', 'authorised', 'paid')
  where own.firm_id = $1 and own.id = $4
  group by own.currency`,
);

type DueRow = Financial & { readonly milestones: readonly Milestone[] };

export class SqlDashboardQueries extends DashboardQueries {
  constructor(
    private readonly database: Database,
    private readonly days: CompanyDays,
  ) {
    super();
  }

  async overview(firmId: FirmId, companyId: ClientId, companyIds: readonly ClientId[]): Promise<Overview> {
    const days = await this.days.of(firmId, companyIds);
    const [projects, due] = await Promise.all([this.active(firmId, days), this.due(firmId, companyId, days)]);
    return { projects, ...due };
  }

  private async active(firmId: FirmId, days: readonly CompanyDay[]): Promise<ActiveProject[]> {
    const rows = await this.database.list<WithCounts<ActiveProject>>(...PROJECTS.about(firmId, days));
    return rows.map((row) => withTasks<ActiveProject>(row));
  }

  private async due(
    firmId: FirmId,
    companyId: ClientId,
    days: readonly CompanyDay[],
  ): Promise<Pick<Overview, 'financial' | 'milestones'>> {
    const [row] = await this.database.list<DueRow>(...DUE.about(firmId, days, companyId));
    if (!row) throw new Error('the company of the portal was not found');
    const { milestones, ...financial } = row;
    return { financial, milestones };
  }
}
