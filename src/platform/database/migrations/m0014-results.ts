import { Migration } from '@mikro-orm/migrations';

/** What clients say of themselves, what milestones wait for, and the way to what is said of a period. */
export class M0014Results extends Migration {
  override up(): void {
    for (const sql of [PROFILES, TRIGGERS, INSIGHTS]) this.addSql(sql);
  }
}

/** The questionnaire of a client: one row since it was first completed. */
const PROFILES = `
create table success_profiles (
  client_id bigint primary key,
  firm_id bigint not null,
  financial_year_start text check (char_length(financial_year_start) between 1 and 60),
  financial_year_end text check (char_length(financial_year_end) between 1 and 60),
  key_trading_periods text check (char_length(key_trading_periods) between 1 and 2000),
  channel_online_pct numeric check (channel_online_pct between 0 and 100),
  channel_instore_pct numeric check (channel_instore_pct between 0 and 100),
  channel_wholesale_pct numeric check (channel_wholesale_pct between 0 and 100),
  celebration_vision text check (char_length(celebration_vision) between 1 and 5000),
  growth_priorities_text text check (char_length(growth_priorities_text) between 1 and 5000),
  company_direction_text text check (char_length(company_direction_text) between 1 and 5000),
  completed_at timestamptz(3) not null,
  completed_by_portal_user_id bigint,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  constraint success_profiles_client foreign key (firm_id, client_id) references clients (firm_id, id),
  constraint success_profiles_contact foreign key (firm_id, completed_by_portal_user_id)
    references contacts (firm_id, id) on delete set null (completed_by_portal_user_id)
);
create index success_profiles_by_contact on success_profiles (completed_by_portal_user_id)
  where completed_by_portal_user_id is not null;
`;

/** What completes a milestone by itself; without it somebody has to say so. */
const TRIGGERS = `
alter table onboarding_milestones add column auto_trigger text check (auto_trigger in (
  'project_created', 'invoice_issued', 'connection_made', 'questionnaire_completed', 'file_acknowledged'));
create index onboarding_milestones_waiting on onboarding_milestones (firm_id, auto_trigger)
  where auto_trigger is not null;
`;

const INSIGHTS = `
create index insights_of_period on insights (firm_id, client_id, period_type, period_end);
`;
