import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';

const EVERY_MS = 3_600_000;
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
export class ForgetAuthorizations implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private isStopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  /** Removes what has expired by now. */
  async forget(): Promise<void> {
    for (const sweep of SWEEPS)
      for (let removed = AT_ONCE; removed === AT_ONCE && !this.isStopping;)
        removed = (await this.database.query(sweep, [])).length;
  }

  private begin(): void {
    const failed = (error: unknown) =>
      this.logger.warn({ err: error }, 'expired authorizations are removed in an hour');
    this.running = this.running.then(() => this.forget()).catch(failed);
  }
}
