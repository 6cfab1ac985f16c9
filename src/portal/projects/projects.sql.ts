import type { CompanyDay } from '@portico/domain/portal';
import { taskCountsOf } from './task-counts.sql.js';

/**
 * The companies that are asked about, and the day that it is for each: the second value of a statement. As JSON, of which
 * no plan knows how many there are: a plan that is kept is then never dearer than one that is made for each call.
 */
export const DAYS = 'jsonb_to_recordset($2::jsonb) day (client_id bigint, today date)';

/** The first two values: the firm, the companies with their days. */
export function tenantValues(firmId: string, days: readonly CompanyDay[]): unknown[] {
  return [firmId, JSON.stringify(days.map(({ companyId, today }) => ({ client_id: companyId, today })))];
}

const COLUMNS = `p.id, p.name, p.description, p.status, p.client_id as "companyId", c.name as "companyName",
  p.type_value as "typeValue", p.type_label as "typeLabel", p.owner_id as "ownerId", o.name as "ownerName",
  p.delivery_manager_id as "deliveryManagerId", m.name as "deliveryManagerName", p.squad,
  p.start_date::text as "startDate", p.end_date::text as "endDate",
  (select count(*)::integer from project_members x where x.firm_id = p.firm_id and x.project_id = p.id) as "memberCount",
  counts.*, p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/**
 * Projects `p` of the companies, the newest first. The rows of the list are cut out before anything is counted. With
 * `more` further columns.
 */
export const projects = (where: string, { window, more = '' }: { window: string; more?: string }): string => `
  select ${COLUMNS}${more}
  from (select p.*, day.today from ${DAYS} join projects p on p.firm_id = $1 and p.client_id = day.client_id
      where ${where} order by p.id desc ${window}) p
    join clients c on c.firm_id = p.firm_id and c.id = p.client_id
    left join users o on o.firm_id = p.firm_id and o.id = p.owner_id
    left join users m on m.firm_id = p.firm_id and m.id = p.delivery_manager_id
    cross join lateral (${taskCountsOf('p')}) counts
  order by p.id desc`;
