import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';

const EVERY_MS = 3_600_000;

/** Work that each server does when it starts and every hour; a stop waits for the one under way. */
export abstract class Hourly implements OnApplicationBootstrap, OnApplicationShutdown {
  protected isStopping = false;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(protected readonly logger: Logger) {}

  onApplicationBootstrap(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.isStopping = true;
    await this.running;
  }

  protected abstract work(): Promise<void>;

  /** Tells that the work failed; it is done again in an hour. */
  protected abstract tell(error: unknown): void;

  private begin(): void {
    this.running = this.running.then(() => this.work()).catch((error: unknown) => this.tell(error));
  }
}
