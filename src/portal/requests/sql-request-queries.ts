import { isUuid, type PortalActor } from '@portico/domain/kernel';
import { type ListWindow, type RequestItem, RequestQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** The first two values are the firm and the company. The rows are cut out before names are looked up. */
const requests = (which: string): string => `
  select t.id, t.title, t.description, t.status_value as status, t.status_label as "statusLabel",
    t.status_color as "statusColor", t.priority_value as priority, t.priority_label as "priorityLabel",
    t.project_id as "projectId", p.name as "projectName",
    nullif(concat_ws(' ', c.first_name, c.last_name), '') as "createdByName",
    t.created_at as "createdAt", t.updated_at as "updatedAt",
    s.response_deadline as "responseDeadline", s.resolution_deadline as "resolutionDeadline",
    s.responded_at as "respondedAt", s.resolved_at as "resolvedAt"
  from (select t.* from tasks t
      where t.firm_id = $1 and t.client_id = $2 and t.source = 'portal_request' and not t.is_private
        ${which}) t
    left join projects p on p.firm_id = t.firm_id and p.id = t.project_id
    left join contacts c on c.firm_id = t.firm_id and c.id = t.created_by_portal_user_id
    left join task_slas s on s.firm_id = t.firm_id and s.task_id = t.id
  order by t.id desc`;
const LIST = statement(requests('order by t.id desc limit $3::integer offset $4::integer'));
const FIND = statement(requests('and t.id = $3::uuid'));
type Row = RequestItem & Record<string, unknown>;

export class SqlRequestQueries extends RequestQueries {
  constructor(private readonly database: Database) {
    super();
  }

  list({ firmId, companyId }: PortalActor, { limit, offset }: ListWindow): Promise<readonly RequestItem[]> {
    return this.database.query<Row>(LIST, [firmId, companyId, limit, offset]);
  }

  async find({ firmId, companyId }: PortalActor, id: string): Promise<RequestItem | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.query<Row>(FIND, [firmId, companyId, id]);
    return row ?? null;
  }
}
