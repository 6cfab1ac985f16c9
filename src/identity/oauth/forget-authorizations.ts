import type { Logger } from 'pino';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { Hourly } from '../../platform/jobs/hourly.js';

const AT_ONCE = 1000;
/** Rows that nobody else is just removing. */
const SWEEPS = [
  `delete from oidc_payloads where (kind, id) in
     (select kind, id from oidc_payloads where expires_at < now() order by expires_at limit ${AT_ONCE}
      for update skip locked) returning 1`,
  `delete from oauth_grants where id in
     (select id from oauth_grants where expires_at < now() order by expires_at limit ${AT_ONCE}
      for update skip locked) returning 1`,
].map(statement);

/** Removes codes, refresh tokens, sign-ins and grants that have expired, at the start and every hour. */
export class ForgetAuthorizations extends Hourly {
  constructor(
    private readonly database: Database,
    logger: Logger,
  ) {
    super(logger);
  }

  /** Removes what has expired by now. */
  async forget(): Promise<void> {
    for (const sweep of SWEEPS)
      for (let removed = AT_ONCE; removed === AT_ONCE && !this.isStopping;)
        removed = (await this.database.query(sweep, [])).length;
  }

  protected work(): Promise<void> {
    return this.forget();
  }

  protected tell(error: unknown): void {
    this.logger.warn({ err: error }, 'expired authorizations are removed in an hour');
  }
}
