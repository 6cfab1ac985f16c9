import type { BlobCheck } from '@portico/domain/files';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';

const BEGIN = statement(`
  insert into storage_checks (day, started_at) values (($1::timestamptz at time zone 'UTC')::date, $1)
  on conflict (day) do nothing returning day::text`);
const FINISH = statement(`
  update storage_checks set finished_at = $2, checked = $3, missing = $4, orphaned = $5, wrong_size = $6
  where day = $1::date`);
const GIVE_BACK = statement('delete from storage_checks where day = $1::date and finished_at is null');
const LATEST = statement(`
  select extract(epoch from finished_at)::float8 as "finishedAt", checked::float8, missing::float8, orphaned::float8,
    wrong_size::float8 from storage_checks where finished_at is not null order by day desc limit 1`);

/** The last check that came to its end. */
export interface FinishedCheck extends Omit<BlobCheck, 'wrong_hash' | 'removed'> {
  /** Seconds since 1970. */
  readonly finishedAt: number;
}

/** Which days have had their check, whichever instance made it. */
export class StorageChecks {
  constructor(private readonly database: Database) {}

  /** Takes on the check of the day, in UTC; null when another instance has. */
  async begin(now: Date): Promise<string | null> {
    const [row] = await this.database.query<{ day: string }>(BEGIN, [now]);
    return row?.day ?? null;
  }

  async finish(day: string, now: Date, { checked, missing, orphaned, wrong_size }: BlobCheck): Promise<void> {
    await this.database.query(FINISH, [day, now, checked, missing, orphaned, wrong_size]);
  }

  /** The check did not come to its end: somebody else may take it on. */
  async giveBack(day: string): Promise<void> {
    await this.database.query(GIVE_BACK, [day]);
  }

  async latest(): Promise<FinishedCheck | null> {
    const [row] = await this.database.query<FinishedCheck>(LATEST, []);
    return row ?? null;
  }
}
