import { Migration } from '@mikro-orm/migrations';

/** What the portal needs beside the rows of the Back Office. */
export class M0010Portal extends Migration {
  override up(): void {
    for (const sql of [HISTORY, CALENDARS, DEADLINES]) this.addSql(sql);
  }
}

/** Of which client a change was, and which contact made it. Entries of before are of no client. */
const HISTORY = `
alter table history add column client_id bigint, add column contact_id bigint;
create index history_of_client on history (firm_id, client_id, id) where client_id is not null;
`;

/**
 * The working time in which the hours of a policy count: days of the week from 1 for Monday to 7 (ISO 8601), from and to
 * an hour of the policy's time zone. Without it they count around the clock.
 */
const CALENDARS = `
alter table sla_policies
  add column time_zone text check (char_length(time_zone) between 1 and 64),
  add column working_days smallint[] check (
    cardinality(working_days) between 1 and 7 and working_days <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  add column working_from time,
  add column working_to time,
  add constraint sla_policies_calendar check (
    num_nonnulls(time_zone, working_days, working_from, working_to) in (0, 4) and working_from < working_to);
alter table clients
  add column sla_policy_id uuid,
  add constraint clients_sla_policy_id_ref foreign key (firm_id, sla_policy_id) references sla_policies (firm_id, id);
create index clients_by_sla_policy_id on clients (sla_policy_id) where sla_policy_id is not null;
`;

/** Until when a request is to be answered and resolved. The hours are those of the rule at the time. */
const DEADLINES = `
create table task_slas (
  task_id uuid primary key,
  firm_id bigint not null,
  client_id bigint not null,
  policy_id uuid,
  policy_name text not null,
  priority_value text not null check (priority_value in ('low', 'medium', 'high', 'urgent')),
  response_hours numeric not null,
  resolution_hours numeric not null,
  response_deadline timestamptz(3) not null,
  resolution_deadline timestamptz(3) not null,
  responded_at timestamptz(3),
  resolved_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint task_slas_task foreign key (firm_id, client_id, task_id) references tasks (firm_id, client_id, id)
    on update cascade on delete cascade,
  constraint task_slas_policy foreign key (firm_id, policy_id) references sla_policies (firm_id, id)
    on delete set null (policy_id)
);
create index task_slas_of_policy on task_slas (policy_id) where policy_id is not null;
create index task_slas_unanswered on task_slas (firm_id, response_deadline) where responded_at is null;
create index task_slas_unresolved on task_slas (firm_id, resolution_deadline) where resolved_at is null;
`;
