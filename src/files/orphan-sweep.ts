import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { SweepOrphanBlobs } from '@portico/domain/files';
import { Hourly } from '../platform/jobs/hourly.js';
import { LOGGER } from '../platform/observability/logger.js';

const GRACE_SECONDS = 3600;

/** Looks for the leftovers of interrupted uploads at the start and every hour. */
@Injectable()
export class OrphanSweep extends Hourly {
  constructor(
    private readonly sweep: SweepOrphanBlobs,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger);
  }

  protected async work(): Promise<void> {
    const removed = await this.sweep.execute({ graceSeconds: GRACE_SECONDS });
    if (removed > 0) this.logger.info({ removed }, 'removed the bytes of interrupted uploads');
  }

  protected tell(error: unknown): void {
    this.logger.error({ err: error }, 'the sweep of interrupted uploads failed; it is tried again in an hour');
  }
}
