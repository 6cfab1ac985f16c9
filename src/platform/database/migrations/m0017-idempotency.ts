import { Migration } from '@mikro-orm/migrations';

/**
 * Calls that bear an `Idempotency-Key`, for a day. A call is running until its lease is over, committed from the
 * transaction on that changed something, and done when its answer is kept, sealed.
 */
export class M0017Idempotency extends Migration {
  override up(): void {
    this.addSql(`
create table idempotency_keys (
  firm_id bigint not null references firms (id),
  credential text not null,
  key text not null check (char_length(key) between 1 and 255),
  call_id uuid not null,
  state text not null check (state in ('running', 'committed', 'done')),
  leased_until timestamptz(3) not null,
  created_at timestamptz(3) not null,
  request_hash bytea check (octet_length(request_hash) = 32),
  answer bytea,
  primary key (firm_id, credential, key),
  constraint idempotency_keys_done check (num_nonnulls(request_hash, answer) = case state when 'done' then 2 else 0 end)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
`);
  }
}
