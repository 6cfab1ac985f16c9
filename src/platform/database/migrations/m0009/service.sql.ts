import { among, CURRENCY, slug, table, upTo } from './table.js';

const PERIODS = ['week', 'month', 'quarter', 'year'];

const TEMPLATES = table('onboarding_templates', {
  client: 'none',
  columns: `
  ${upTo('name', 200)} not null,
  description text,
  is_default boolean not null,
  is_active boolean not null`,
  listed: ['name'],
});

const STAGES = table('onboarding_stages', {
  client: 'none',
  columns: `
  template_id uuid not null,
  ${upTo('name', 200)} not null,
  description text,
  ${slug('stage_type')} not null,
  position integer not null`,
  owner: ['template_id', 'onboarding_templates'],
});

const MILESTONES = table('onboarding_milestones', {
  client: 'none',
  columns: `
  stage_id uuid not null,
  ${upTo('title', 200)} not null,
  description text,
  position integer not null`,
  owner: ['stage_id', 'onboarding_stages'],
});

const PROGRESS = table('onboarding_progress', {
  client: 'own',
  columns: `
  milestone_id uuid not null,
  completed boolean not null,
  completed_at timestamptz(3),
  completed_by bigint,
  ${among('source', ['manual', 'auto'])} not null,
  notes text,
  constraint onboarding_progress_completed check (completed = (completed_at is not null))`,
  references: { milestone_id: 'onboarding_milestones', completed_by: 'users' },
  unique: { milestone: 'client_id, milestone_id' },
});

/** What is completed keeps since when; what is not, neither when nor by whom. */
const COMPLETED_SINCE = `
create function keep_completed_at() returns trigger language plpgsql as $$
begin
  if not new.completed then
    new.completed_at := null;
    new.completed_by := null;
  elsif new.completed_at is null then
    new.completed_at := new.updated_at;
  end if;
  return new;
end $$;
create trigger keep_completed_at before insert or update on onboarding_progress
  for each row execute function keep_completed_at();
`;

const NOTIFICATION_TYPES = table('notification_types', {
  client: 'none',
  columns: `
  ${slug('type')} not null,
  ${slug('category')} not null,
  ${upTo('label', 120)} not null,
  description text,
  supports_portal boolean not null,
  default_in_app boolean not null,
  default_email boolean not null`,
  listed: ['type', 'category'],
  unique: { type: 'firm_id, type' },
});

const GOALS = table('goals', {
  client: 'own',
  columns: `
  ${upTo('metric', 120)} not null,
  ${slug('metric_key')} not null,
  ${upTo('metric_label', 120)},
  target numeric(15, 4) not null,
  ${upTo('unit', 20)},
  ${among('period', PERIODS)} not null`,
  listed: ['metric_key'],
  unique: { metric: 'client_id, metric_key, period' },
});

const METRIC_POINTS = table('metric_points', {
  client: 'own',
  columns: `
  ${slug('platform')},
  ${slug('metric_key')} not null,
  ${upTo('metric_label', 120)},
  ${upTo('unit', 20)},
  date date not null,
  value numeric(15, 4) not null`,
  listed: ['date', 'metric_key', 'platform'],
  unique: { day: 'client_id, date, metric_key, platform' },
});

const CAMPAIGN_DAYS = table('campaign_days', {
  client: 'own',
  columns: `
  ${slug('platform')} not null,
  ${upTo('campaign_id', 120)} not null,
  ${upTo('campaign_name', 255)} not null,
  date date not null,
  ${slug('status')},
  ${CURRENCY},
  spend numeric(14, 2) not null check (spend >= 0),
  impressions bigint not null check (impressions >= 0),
  clicks bigint not null check (clicks >= 0),
  conversions numeric(15, 4) not null check (conversions >= 0),
  conversion_value numeric(14, 2) not null check (conversion_value >= 0),
  reach bigint check (reach >= 0)`,
  listed: ['date', 'spend', 'platform', 'campaign_id'],
  unique: { day: 'client_id, date, platform, campaign_id' },
});

const INSIGHTS = table('insights', {
  client: 'own',
  columns: `
  ${among('period_type', PERIODS)} not null,
  period_end date not null,
  summary text not null,
  health_score integer check (health_score between 0 and 100),
  highlights jsonb not null check (jsonb_typeof(highlights) = 'array'),
  recommendations jsonb not null check (jsonb_typeof(recommendations) = 'array'),
  generated_at timestamptz(3) not null`,
  listed: ['period_end', 'period_type'],
});

/** Onboarding, notifications; goals, figures and what they mean. */
export const SERVICE_TABLES = [
  ...[TEMPLATES, STAGES, MILESTONES, PROGRESS, COMPLETED_SINCE, NOTIFICATION_TYPES],
  ...[GOALS, METRIC_POINTS, CAMPAIGN_DAYS, INSIGHTS],
];
