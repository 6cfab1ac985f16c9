import { taskCountsOf } from './task-counts.sql.js';

const COLUMNS = `p.id, p.name, p.description, p.status, p.client_id as "companyId", c.name as "companyName",
  p.type_value as "typeValue", p.type_label as "typeLabel", p.owner_id as "ownerId", o.name as "ownerName",
  p.delivery_manager_id as "deliveryManagerId", m.name as "deliveryManagerName", p.squad,
  p.start_date::text as "startDate", p.end_date::text as "endDate",
  (select count(*)::integer from project_members x where x.firm_id = p.firm_id and x.project_id = p.id) as "memberCount",
  counts.*, p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/**
 * Projects `p` of the `companies` (see CompanyStatement), the newest first. The rows of the list are cut out before
 * anything is counted. With `more` further columns.
 */
export const projects = (
  companies: string,
  { where, window = '', more = '' }: { where: string; window?: string; more?: string },
): string => `
  select ${COLUMNS}${more}
  from (select p.*, company.today from ${companies} join projects p on p.firm_id = $1 and p.client_id = company.id
      where ${where} order by p.id desc ${window}) p
    join clients c on c.firm_id = p.firm_id and c.id = p.client_id
    left join users o on o.firm_id = p.firm_id and o.id = p.owner_id
    left join users m on m.firm_id = p.firm_id and m.id = p.delivery_manager_id
    cross join lateral (${taskCountsOf('p')}) counts
  order by p.id desc`;
