import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SweepUploads } from '@portico/domain/uploads';

const EVERY_MS = 3_600_000;

/** Gives back the bytes of expired uploads, at the start and every hour. */
export class UploadSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweep: SweepUploads,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private begin(): void {
    this.running = this.running.then(async () => {
      try {
        const expired = await this.sweep.execute();
        if (expired > 0) this.logger.info({ expired }, 'gave back the bytes of uploads that nobody went on with');
      } catch (error) {
        this.logger.error({ err: error }, 'the sweep of expired uploads failed; it is tried again in an hour');
      }
    });
  }
}
