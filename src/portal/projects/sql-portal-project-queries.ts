import { type ClientId, type FirmId, isUuid } from '@portico/domain/kernel';
import {
  type CompanyDays,
  type ListWindow,
  type PortalProject,
  PortalProjectQueries,
  type PortalTask,
  type ProjectDecision,
  type ProjectDetails,
  type ProjectRoadmap,
  type ProjectStatus,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { CompanyStatement } from '../company-statement.js';
import { DECISION_COLUMNS, decisionOf, DETAILS, type DetailsRow, goalOf, summaryOf } from './project-details.sql.js';
import { projects } from './projects.sql.js';
import { type WithCounts, withTasks } from './task-counts.sql.js';

const IN_STATUS = '($4::text[] is null or p.status = any ($4::text[]))';
const LIST = new CompanyStatement((companies) =>
  projects(companies, { where: IN_STATUS, window: 'limit $5::bigint offset $6::bigint' }),
);
const FIND = new CompanyStatement((companies) => projects(companies, { where: 'p.id = $4::uuid', more: DETAILS }));

/** A project of the companies: the values are the firm, the companies and the project. */
const PROJECT = 'projects p where p.firm_id = $1 and p.client_id = any ($2::bigint[]) and p.id = $3::uuid';
/** One row without a part for a project that has none: then everything of the part is null. */
const partsOf = (select: string): string =>
  `select part.* from (select p.firm_id, p.client_id, p.id from ${PROJECT}) p left join lateral (${select}) part on true`;

const TASKS = statement(
  partsOf(`select t.id, t.title, t.description, t.status_value as "statusValue", t.status_label as "statusLabel",
      t.status_color as "statusColor", t.priority_value as "priorityValue", t.priority_label as "priorityLabel",
      t.priority_color as "priorityColor", t.type_value as "typeValue", t.type_label as "typeLabel",
      t.assignee_id as "assigneeId", u.name as "assigneeName", above.id as "parentTaskId",
      t.roadmap_item_id as "roadmapItemId", t.start_date::text as "startDate", t.due_date::text as "dueDate",
      t.estimated_hours::float8 as "estimatedHours", t.sort_order as "sortOrder", t.created_at as "createdAt",
      t.updated_at as "updatedAt"
    from tasks t
      left join users u on u.firm_id = t.firm_id and u.id = t.assignee_id
      left join tasks above on above.firm_id = t.firm_id and above.id = t.parent_task_id and not above.is_private
    where t.firm_id = p.firm_id and t.client_id = p.client_id and t.project_id = p.id and not t.is_private
    order by t.sort_order nulls last, t.id limit $4::bigint offset $5::bigint`),
);

const ROADMAP = statement(
  partsOf(`select r.id, r.name, r.description, r.start_date::text as "startDate", r.end_date::text as "endDate",
      (select count(*)::integer from roadmap_items i where i.firm_id = r.firm_id and i.roadmap_id = r.id) as "itemCount",
      r.created_at as "createdAt", r.updated_at as "updatedAt",
      (select coalesce(json_agg(row_to_json(x)), '[]') from (
        select i.id, i.title, i.description, i.goal_id as "goalId", g.title as "goalTitle", i.status,
          i.start_date as "startDate", i.end_date as "endDate", i.position, i.color
        from roadmap_items i left join project_goals g on g.firm_id = i.firm_id and g.id = i.goal_id
        where i.firm_id = r.firm_id and i.roadmap_id = r.id order by i.position, i.id limit 1000) x) as items
    from roadmaps r where r.firm_id = p.firm_id and r.client_id = p.client_id and r.project_id = p.id
    order by r.id desc limit 1`),
);

const DECISIONS = statement(
  partsOf(`select ${DECISION_COLUMNS} from project_decisions x where x.firm_id = p.firm_id and x.project_id = p.id
    order by x.id desc limit $4::bigint offset $5::bigint`),
);

/** Of a project that has no part of a kind, the one row says nothing. */
type Part<T> = T | { readonly id: null };

export class SqlPortalProjectQueries extends PortalProjectQueries {
  constructor(
    private readonly database: Database,
    private readonly days: CompanyDays,
  ) {
    super();
  }

  async list(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    statuses: readonly ProjectStatus[] | null,
    { limit, offset }: ListWindow,
  ): Promise<readonly PortalProject[]> {
    const days = await this.days.of(firmId, companyIds);
    const asked = LIST.about(firmId, days, statuses, limit, offset);
    const rows = await this.database.query<WithCounts<PortalProject>>(...asked);
    return rows.map((row) => withTasks<PortalProject>(row));
  }

  async find(firmId: FirmId, companyIds: readonly ClientId[], id: string): Promise<ProjectDetails | null> {
    if (!isUuid(id)) return null;
    const days = await this.days.of(firmId, companyIds);
    const [row] = await this.database.query<DetailsRow>(...FIND.about(firmId, days, id));
    if (!row) return null;
    const { serviceLevel, goals, members, summary, decisions, ...project } = row;
    return {
      project: withTasks<PortalProject>(project),
      serviceLevel,
      goals: goals.map(goalOf),
      members,
      summary: summary && summaryOf(summary),
      decisions: decisions.map(decisionOf),
    };
  }

  async tasks(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
    { limit, offset }: ListWindow,
  ): Promise<readonly PortalTask[] | null> {
    if (!isUuid(id)) return null;
    return partsIn(await this.database.query<Part<PortalTask>>(TASKS, [firmId, companyIds, id, limit, offset]));
  }

  async roadmap(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
  ): Promise<{ roadmap: ProjectRoadmap | null } | null> {
    if (!isUuid(id)) return null;
    const rows = partsIn(await this.database.query<Part<ProjectRoadmap>>(ROADMAP, [firmId, companyIds, id]));
    return rows && { roadmap: rows[0] ?? null };
  }

  async decisions(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    id: string,
    { limit, offset }: ListWindow,
  ): Promise<readonly ProjectDecision[] | null> {
    if (!isUuid(id)) return null;
    return partsIn(
      await this.database.query<Part<ProjectDecision>>(DECISIONS, [firmId, companyIds, id, limit, offset]),
    );
  }
}

/** The parts of a project that is there; null without it. */
function partsIn<T extends { readonly id: string }>(rows: readonly Part<T>[]): T[] | null {
  return rows.length === 0 ? null : rows.filter((row): row is T => row.id !== null);
}
