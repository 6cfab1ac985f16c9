import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SendBursts } from '@portico/domain/notifications';
import { isUnavailable } from '../../platform/database/database-errors.js';

/** How long it takes at most until somebody sees that mails are due. */
const SLOWEST_MS = 5000;
const FASTEST_MS = 250;

/** Makes mails of what waited long enough, while the server runs; of several servers each takes what others leave. */
export class BurstWatch implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isStopping = false;

  constructor(
    private readonly sendBursts: SendBursts,
    private readonly logger: Logger,
    /** How long what happens waits for more of the same, in seconds. */
    private readonly notifyAfter: number,
  ) {}

  onApplicationBootstrap(): void {
    const every = Math.min(Math.max((this.notifyAfter * 1000) / 4, FASTEST_MS), SLOWEST_MS);
    this.timer = setInterval(() => this.look(), every).unref();
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  /** What is under way is finished; the rest is left to the next server. */
  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    if (this.isStopping) return;
    this.running ??= this.send().finally(() => (this.running = null));
  }

  private async send(): Promise<void> {
    try {
      const mails = await this.sendBursts.execute(() => this.isStopping);
      if (mails > 0) this.logger.debug({ mails }, 'mails were made of what happened');
    } catch (error) {
      if (isUnavailable(error))
        this.logger.warn({ reason: String(error) }, 'the mails about what happened have to wait');
      else this.logger.error({ err: error }, 'the mails about what happened were not made; it is tried again');
    }
  }
}
