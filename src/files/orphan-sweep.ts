import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { SweepOrphanBlobs } from '@portico/domain/files';
import { LOGGER } from '../platform/observability/logger.js';

const GRACE_SECONDS = 3600;
const EVERY_MS = 3_600_000;

/** Looks for the leftovers of interrupted uploads at the start and every hour. */
@Injectable()
export class OrphanSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweep: SweepOrphanBlobs,
    @Inject(LOGGER) private readonly logger: Logger,
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
        const removed = await this.sweep.execute({ graceSeconds: GRACE_SECONDS });
        if (removed > 0) this.logger.info({ removed }, 'removed the bytes of interrupted uploads');
      } catch (error) {
        this.logger.error({ err: error }, 'the sweep of interrupted uploads failed; it is tried again in an hour');
      }
    });
  }
}
