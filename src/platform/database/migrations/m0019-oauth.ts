import { Migration } from '@mikro-orm/migrations';

/**
 * Clients for which people sign in, and what those let them do. A grant waits until the user has consented; like a
 * session it stands on the password of its sign-in, and its end is told to those who remember credentials.
 */
export class M0019OAuth extends Migration {
  override up(): void {
    this.addSql(`
alter table oauth_clients
  add column name text check (char_length(name) between 1 and 160),
  add column redirect_uris text[] not null default '{}',
  alter column secret_hash drop not null,
  add constraint oauth_clients_secret check (secret_hash is not null or cardinality(redirect_uris) > 0),
  add constraint oauth_clients_in_firm unique (firm_id, client_id);

create table oauth_grants (
  id uuid primary key,
  firm_id bigint not null,
  client_id uuid not null,
  user_id bigint not null,
  password_mark bytea not null check (octet_length(password_mark) = 32),
  scopes text[] not null default '{}',
  created_at timestamptz(3) not null,
  given_at timestamptz(3),
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  check (expires_at > created_at),
  foreign key (firm_id, client_id) references oauth_clients (firm_id, client_id),
  foreign key (firm_id, user_id) references users (firm_id, id) on delete cascade
);
create index oauth_grants_of_client on oauth_grants (client_id);
create index oauth_grants_of_user on oauth_grants (user_id);
create index oauth_grants_by_end on oauth_grants (expires_at);

create trigger tell_changed after update of revoked_at on oauth_grants
  for each statement execute function tell_credentials_changed();
`);
  }
}
