import { Migration } from '@mikro-orm/migrations';

/** What the nightly look at the storage found: one row for each day, made by the instance that takes it on. */
export class M0016StorageChecks extends Migration {
  override up(): void {
    this.addSql(`
create table storage_checks (
  day date primary key,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  checked bigint,
  missing bigint,
  orphaned bigint,
  wrong_size bigint,
  constraint storage_checks_finished check (
    num_nonnulls(finished_at, checked, missing, orphaned, wrong_size) in (0, 5))
);
`);
  }
}
