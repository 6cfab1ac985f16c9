import { Migration } from '@mikro-orm/migrations';

/**
 * Uploads that arrive in pieces. `received` bytes are durable under `blob_key`, with `hash`, `parts` and `tail` telling
 * how the next ones go on from there; all of them change in one statement, and only by the
 * request that took the last `turn`. What the caller said is kept as it was
 * written, which may hold characters that jsonb does not.
 */
export class M0018Uploads extends Migration {
  override up(): void {
    this.addSql(`
create table uploads (
  id uuid primary key,
  firm_id bigint not null references firms (id),
  user_id bigint not null,
  bytes bigint not null check (bytes >= 0),
  asked json not null,
  labels json not null,
  blob_key uuid not null unique,
  received bigint not null default 0,
  hash bytea,
  parts jsonb,
  tail bytea,
  turn integer not null default 0,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  file_id bigint,
  is_dropped boolean not null default false,
  foreign key (firm_id, user_id) references users (firm_id, id),
  foreign key (firm_id, file_id) references files (firm_id, id),
  check (received between 0 and bytes),
  check (file_id is null or (received = bytes and not is_dropped))
);
alter table uploads alter column tail set storage external;
create index uploads_by_expiry on uploads (expires_at);
create index uploads_file on uploads (file_id) where file_id is not null;
`);
  }
}
