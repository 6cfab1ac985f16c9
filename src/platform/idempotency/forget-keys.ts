import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { IdempotencyKeys } from './idempotency-keys.js';

const EVERY_MS = 3_600_000;

/** Removes old keys, at the start and every hour. */
export class ForgetKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly keys: IdempotencyKeys,
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
    const failed = (error: unknown) => this.logger.warn({ err: error }, 'old keys are removed in an hour');
    this.running = this.running.then(() => this.keys.forget()).catch(failed);
  }
}
