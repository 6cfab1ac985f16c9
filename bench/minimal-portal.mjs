import { BUSY_CLIENT } from './portal.mjs';

const TODAY = `(now() at time zone c.time_zone)::date`;
const OF_CLIENT = `c.firm_id = 1 and c.id = ${BUSY_CLIENT}`;

const PROJECTS = {
  name: 'portal-projects',
  text: `select p.id, p.name, p.status, p.client_id as company_id, c.name as company_name, p.type_label,
      u.name as delivery_manager_name, p.start_date::text, p.end_date::text, t.*
    from clients c join projects p on p.firm_id = 1 and p.client_id = c.id and p.status = 'active'
      left join users u on u.id = p.delivery_manager_id
      cross join lateral (
        select coalesce(sum(tasks) filter (where status_value <> 'cancelled'), 0)::int as total,
          coalesce(sum(tasks) filter (where status_value = 'done'), 0)::int as completed,
          coalesce(sum(tasks) filter (where status_value = 'in_progress'), 0)::int as in_progress,
          coalesce(sum(late) filter (where status_value not in ('done', 'cancelled')), 0)::int as overdue
        from (
          select status_value, count(*) as tasks, count(*) filter (where due_date < ${TODAY}) as late
          from tasks where firm_id = 1 and client_id = p.client_id and project_id = p.id and not is_private
          group by status_value) t) t
    where ${OF_CLIENT} order by p.id desc`,
};
const FINANCIAL = {
  name: 'portal-financial',
  text: `select sum(i.total_amount) as total_invoiced,
      sum(i.amount_due) filter (where i.status <> 'paid' and i.amount_due > 0) as total_outstanding,
      sum(i.amount_due) filter (where i.status <> 'paid' and i.amount_due > 0 and i.due_date < ${TODAY}) as total_overdue,
      c.currency
    from clients c join invoices i on i.firm_id = 1 and i.client_id = c.id and i.currency = c.currency
      and i.status in ('submitted', 'authorised', 'paid')
    where ${OF_CLIENT} group by c.currency`,
};
const MILESTONES = {
  name: 'portal-milestones',
  text: `select i.id, i.title, p.id as project_id, p.name as project_name, i.roadmap_id, i.start_date::text,
      i.end_date::text as due_date, i.status
    from clients c
      join roadmap_items i on i.firm_id = 1 and i.client_id = c.id and i.end_date >= ${TODAY} and i.status <> 'completed'
      join roadmaps r on r.id = i.roadmap_id left join projects p on p.id = r.project_id
    where ${OF_CLIENT} and coalesce(p.status in ('planned', 'active', 'on_hold'), true)
    order by i.end_date, i.position, i.id limit 10`,
};
const ACTIVITY = {
  name: 'portal-activity',
  text: `select h.id, h.subject_type as resource_type, h.subject_id as resource_id,
      coalesce(p.name, i.invoice_number) as resource_name, h.action, h.details, h.user_id as actor_id,
      u.name as actor_name, h.at
    from history h left join projects p on h.subject_type = 'project' and p.id = h.subject_id::uuid
      left join invoices i on h.subject_type = 'invoice' and i.id = h.subject_id::uuid and i.status <> 'draft'
      left join users u on u.id = h.user_id
    where h.firm_id = 1 and h.client_id = ${BUSY_CLIENT} and h.subject_type in ('project', 'invoice', 'budget')
      and coalesce(p.id, i.id) is not null
    order by h.id desc limit 10`,
};
const ANNOUNCEMENTS = {
  name: 'portal-announcements',
  text: `select a.id, a.title, a.content, a.category, a.attachment_url, a.attachment_name, a.author_id,
      u.name as author_name, a.created_at, a.updated_at
    from announcements a left join users u on u.id = a.author_id
    where a.firm_id = 1 and a.category = 'company' order by a.id desc limit 5`,
};

const instant = (date) => `${date.toISOString().slice(0, 19)}Z`;

const PROJECT = ['id', 'name', 'status', 'company_id', 'company_name', 'type_label', 'delivery_manager_name'];

function project(row) {
  const { total, completed, start_date, end_date } = row;
  const progress = completed === total ? 100 : Math.min(99, Math.round((completed / total) * 100));
  return {
    ...Object.fromEntries(PROJECT.map((name) => [name, row[name]])),
    ...{ start_date, end_date, total_tasks: total, completed_tasks: completed },
    progress_pct: total === 0 ? 0 : progress,
  };
}

const counts = ({ id, total, completed, in_progress, overdue }) => [id, { total, completed, in_progress, overdue }];

function financial({ currency, ...sums }) {
  const amounts = Object.entries(sums).map(([name, amount]) => [name, Number(amount ?? 0)]);
  return { ...Object.fromEntries(amounts), currency };
}

/** What the minimal server does: answers the dashboard of the busy client with queries that were written for it alone. */
export async function dashboard(pool, response) {
  const asked = [PROJECTS, FINANCIAL, MILESTONES, ACTIVITY, ANNOUNCEMENTS].map((one) => pool.query(one));
  const [projects, sums, milestones, activity, announcements] = (await Promise.all(asked)).map(({ rows }) => rows);
  const body = {
    projects: projects.map(project),
    taskCounts: Object.fromEntries(projects.map(counts)),
    financial: financial(sums[0]),
    recentActivity: activity.map(({ at, ...row }) => ({ ...row, actor_picture: null, created_at: instant(at) })),
    milestones,
    announcements: announcements.map(({ created_at, updated_at, ...row }) => ({
      ...row,
      author_picture: null,
      created_at: instant(created_at),
      updated_at: instant(updated_at),
    })),
  };
  const json = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': json.length });
  response.end(json);
}
