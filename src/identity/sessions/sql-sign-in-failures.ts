import { SIGN_IN_LIMIT, SignInFailures } from '@portico/domain/identity';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

/** How many addresses of which nothing needs to be known any more one failure removes. */
const SWEPT = 20;

const BLOCKED = statement(
  'select blocked_until as "blockedUntil" from sign_in_failures where address = $1 and blocked_until > $2',
);

/** The failures that still count. */
const RECENT = `array(select at from unnest(f.failed_at) at where at > $3)`;

/** One statement, so that of several instances none counts on what another has changed. */
const COUNT = statement(`
  with swept as (
    delete from sign_in_failures where address in (
      select address from sign_in_failures where forgotten_at < $2 and address <> $1
        order by forgotten_at limit ${SWEPT} for update skip locked)),
  counted as (
    insert into sign_in_failures as f (address, failed_at, blocked_until, forgotten_at)
      values ($1, array[$2::timestamptz], null, $4)
    on conflict (address) do update set
      failed_at = ${RECENT} || $2::timestamptz,
      blocked_until = case when cardinality(${RECENT}) + 1 >= ${SIGN_IN_LIMIT.failures} then $4::timestamptz end,
      forgotten_at = $4
      where f.blocked_until is null or f.blocked_until <= $2
    returning 1)
  select exists (select from counted) as "isCounted"`);

export class SqlSignInFailures extends SignInFailures {
  constructor(private readonly database: Database) {
    super();
  }

  async blockedUntil(email: string, now: Date): Promise<Date | null> {
    const [row] = await this.database.query<{ blockedUntil: Date }>(BLOCKED, [email, now]);
    return row?.blockedUntil ?? null;
  }

  async count(email: string, now: Date): Promise<boolean> {
    const since = new Date(now.getTime() - SIGN_IN_LIMIT.withinMs);
    const until = new Date(now.getTime() + SIGN_IN_LIMIT.blockedMs);
    const [row] = await this.database.query<{ isCounted: boolean }>(COUNT, [email, now, since, until]);
    return row?.isCounted === true;
  }
}
