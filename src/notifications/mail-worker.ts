import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SendDelivery } from '@portico/domain/notifications';
import type { JobWorker } from '../platform/jobs/job-worker.js';
import type { MailTransport } from '../platform/mail/mail-transport.js';
import { MAIL_QUEUE, type MailJob } from './mail-jobs.js';
import type { MailMetrics } from './mail-metrics.js';

const BATCH = 10;
const WORKERS = 3;
/** Requests and mails under way share the time that a stop takes. */
const STOP_MS = 30_000;
const LEAST_STOP_MS = 1000;

/** Sends what is queued while the server runs. When it stops, the mails under way have what is left of 30 seconds. */
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private stopsAt = Infinity;

  constructor(
    private readonly sendDelivery: SendDelivery,
    private readonly worker: JobWorker,
    private readonly transport: MailTransport,
    private readonly metrics: MailMetrics,
    private readonly logger: Logger,
    /** Of a mail that is tried again, in seconds. */
    private readonly firstPause: number,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start({
      queue: MAIL_QUEUE,
      batch: BATCH,
      workers: WORKERS,
      lateness: this.firstPause / 2,
      handle: (data) => this.send(data as MailJob),
    });
  }

  beforeApplicationShutdown(): void {
    this.stopsAt = performance.now() + STOP_MS;
  }

  /** After the last request has ended: one that publishes waits for its mails. */
  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop(Math.max(this.stopsAt - performance.now(), LEAST_STOP_MS));
    this.transport.close();
  }

  private async send({ firmId, deliveryId }: MailJob): Promise<void> {
    const outcome = await this.sendDelivery.execute({ firmId, deliveryId });
    if (outcome === null) return;
    this.metrics.attempted(outcome);
    if (outcome === 'accepted') this.logger.debug({ firmId, deliveryId }, 'a mail was sent');
    else this.logger.warn({ firmId, deliveryId, outcome }, 'a mail was not taken');
  }
}
