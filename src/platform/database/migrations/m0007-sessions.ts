import { Migration } from '@mikro-orm/migrations';

/** Sign-ins to the Back Office, and what it knows of clients. */
export class M0007Sessions extends Migration {
  override up(): void {
    for (const sql of [SESSIONS, FAILURES, CLIENTS]) this.addSql(sql);
  }
}

/**
 * A session is what came of one sign-in; it stands on the password of that time. Only the end of one is told to those
 * who remember credentials: new tokens are nobody's yet, and what is removed has ended long ago.
 */
const SESSIONS = `
create table sessions (
  id uuid primary key,
  firm_id bigint not null,
  user_id bigint not null,
  password_mark bytea not null check (octet_length(password_mark) = 32),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  check (expires_at > created_at),
  foreign key (firm_id, user_id) references users (firm_id, id) on delete cascade
);
create index sessions_of_user on sessions (user_id);
create index sessions_by_end on sessions (expires_at);

create table session_tokens (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  session_id uuid not null references sessions (id) on delete cascade,
  kind text not null check (kind in ('access', 'refresh')),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  check (expires_at > created_at),
  constraint session_tokens_used check (kind = 'refresh' or used_at is null)
);
create index session_tokens_of_session on session_tokens (session_id, expires_at);

create trigger tell_changed after update of revoked_at on sessions
  for each statement execute function tell_credentials_changed();

create index users_by_email on users (email);
`;

/** One row for each address, whether anybody has it or not, for as long as it matters. */
const FAILURES = `
create table sign_in_failures (
  address text primary key check (char_length(address) between 3 and 1024),
  failed_at timestamptz(3)[] not null,
  blocked_until timestamptz(3),
  forgotten_at timestamptz(3) not null
);
create index sign_in_failures_forgotten on sign_in_failures (forgotten_at);
`;

/** A client that is archived keeps its entity and its name; a group of companies is one parent and its children. */
const CLIENTS = `
alter table clients
  add column external_id text check (char_length(external_id) between 1 and 255),
  add column delivery_manager_id bigint,
  add column dashboard_enabled boolean not null default true,
  add column time_zone text not null default 'UTC' check (char_length(time_zone) between 1 and 64),
  add column currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  add column status text not null default 'active' check (status in ('prospect', 'active', 'dormant', 'alumni')),
  add column tier text check (char_length(tier) between 1 and 40),
  add column archived_at timestamptz(3),
  add constraint clients_external_id_key unique (firm_id, external_id),
  add constraint clients_delivery_manager
    foreign key (firm_id, delivery_manager_id) references users (firm_id, id);
create index clients_of_manager on clients (delivery_manager_id) where delivery_manager_id is not null;
create index clients_by_name on clients (firm_id, name, id);
create index clients_active on clients (firm_id, id) where archived_at is null;
`;
