import { among, slug, table, upTo } from './table.js';

const POLICIES = table('sla_policies', {
  client: 'optional',
  columns: `${upTo('name', 200)} not null, description text`,
  listed: ['name'],
});

const RULES = table('sla_rules', {
  client: 'ofOwner',
  columns: `
  policy_id uuid not null,
  ${among('priority_value', ['low', 'medium', 'high', 'urgent'])} not null,
  response_hours numeric(15, 2) not null check (response_hours >= 0),
  resolution_hours numeric(15, 2) not null check (resolution_hours >= 0)`,
  owner: ['policy_id', 'sla_policies'],
  listed: ['priority_value'],
  unique: { priority: 'policy_id, priority_value' },
});

const PROJECTS = table('projects', {
  client: 'own',
  columns: `
  ${upTo('name', 200)} not null,
  description text,
  ${among('status', ['planned', 'active', 'on_hold', 'completed', 'cancelled', 'archived'])} not null,
  ${slug('type_value')},
  ${upTo('type_label', 80)},
  owner_id bigint,
  delivery_manager_id bigint,
  ${upTo('squad', 80)},
  start_date date,
  end_date date,
  sla_policy_id uuid`,
  references: { owner_id: 'users', delivery_manager_id: 'users', sla_policy_id: 'sla_policies' },
  listed: ['name', 'status', 'start_date', 'end_date'],
});

const MEMBERS = table('project_members', {
  client: 'ofOwner',
  columns: `
  project_id uuid not null,
  user_id bigint not null,
  ${upTo('role', 60)} not null`,
  owner: ['project_id', 'projects'],
  references: { user_id: 'users' },
  unique: { user: 'project_id, user_id' },
});

const GOALS = table('project_goals', {
  client: 'ofOwner',
  columns: `
  project_id uuid not null,
  ${upTo('title', 200)} not null,
  description text,
  target_date date,
  ${among('status', ['not_started', 'in_progress', 'achieved', 'missed'])} not null,
  position integer not null`,
  owner: ['project_id', 'projects'],
  listed: ['status'],
});

const DECISIONS = table('project_decisions', {
  client: 'ofOwner',
  columns: `
  project_id uuid not null,
  ${upTo('title', 200)} not null,
  context text,
  ${among('status', ['agreed', 'pending'])} not null,
  decided_by bigint,
  ${upTo('decided_by_name', 160)},
  decided_at timestamptz(3)`,
  owner: ['project_id', 'projects'],
  references: { decided_by: 'users' },
  listed: ['decided_at', 'status'],
});

const SUMMARIES = table('project_summaries', {
  client: 'ofOwner',
  columns: `
  project_id uuid not null,
  summary text not null,
  ${upTo('model', 120)},
  generated_at timestamptz(3) not null`,
  owner: ['project_id', 'projects'],
  listed: ['generated_at'],
});

const ROADMAPS = table('roadmaps', {
  client: 'own',
  columns: `
  ${upTo('name', 200)} not null,
  description text,
  project_id uuid,
  start_date date,
  end_date date`,
  ofSameClient: { project_id: 'projects' },
  listed: ['name', 'start_date', 'end_date'],
});

const ROADMAP_ITEMS = table('roadmap_items', {
  client: 'ofOwner',
  columns: `
  roadmap_id uuid not null,
  ${upTo('title', 200)} not null,
  description text,
  goal_id uuid,
  ${among('status', ['planned', 'in_progress', 'completed'])} not null,
  start_date date,
  end_date date,
  position integer not null,
  ${upTo('color', 20)}`,
  owner: ['roadmap_id', 'roadmaps'],
  ofSameClient: { goal_id: 'project_goals' },
  listed: ['end_date', 'status'],
});

const TASKS = table('tasks', {
  client: 'own',
  columns: `
  ${upTo('title', 300)} not null,
  description text,
  project_id uuid,
  ${slug('status_value')} not null,
  ${upTo('status_label', 80)},
  ${upTo('status_color', 20)},
  ${among('priority_value', ['low', 'medium', 'high', 'urgent'])},
  ${upTo('priority_label', 80)},
  ${upTo('priority_color', 20)},
  ${slug('type_value')},
  ${upTo('type_label', 80)},
  assignee_id bigint,
  reporter_id bigint,
  parent_task_id uuid constraint tasks_not_own_parent check (parent_task_id <> id),
  roadmap_item_id uuid,
  start_date date,
  due_date date,
  estimated_hours numeric(15, 2) check (estimated_hours >= 0),
  internal_hours numeric(15, 2) check (internal_hours >= 0),
  is_private boolean not null,
  sort_order integer,
  source text not null default 'staff' check (source in ('staff', 'portal_request')),
  created_by_portal_user_id bigint`,
  references: { assignee_id: 'users', reporter_id: 'users', created_by_portal_user_id: 'contacts' },
  ofSameClient: { project_id: 'projects', parent_task_id: 'tasks', roadmap_item_id: 'roadmap_items' },
  listed: ['title', 'due_date', 'status_value', 'sort_order', 'priority_value'],
});

/** Service levels, projects and what belongs to them, roadmaps, tasks. */
export const PROJECT_TABLES = [
  ...[POLICIES, RULES, PROJECTS, MEMBERS, GOALS, DECISIONS, SUMMARIES],
  ...[ROADMAPS, ROADMAP_ITEMS, TASKS],
];
