import type { Logger } from 'pino';
import type { SweepUploads } from '@portico/domain/uploads';
import { Hourly } from '../platform/jobs/hourly.js';

/** Gives back the bytes of expired uploads, at the start and every hour. */
export class UploadSweep extends Hourly {
  constructor(
    private readonly sweep: SweepUploads,
    logger: Logger,
  ) {
    super(logger);
  }

  protected async work(): Promise<void> {
    const expired = await this.sweep.execute();
    if (expired > 0) this.logger.info({ expired }, 'gave back the bytes of uploads that nobody went on with');
  }

  protected tell(error: unknown): void {
    this.logger.error({ err: error }, 'the sweep of expired uploads failed; it is tried again in an hour');
  }
}
