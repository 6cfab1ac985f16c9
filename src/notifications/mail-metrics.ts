import { Counter, Gauge } from 'prom-client';
import type { DeliveryQueries, MailOutcome } from '@portico/domain/notifications';
import type { HttpMetrics } from '../platform/observability/http-metrics.js';

/** What `GET /metrics` tells of mails. */
export class MailMetrics {
  private readonly attempts: Counter;

  constructor({ registry }: HttpMetrics, queries: DeliveryQueries) {
    this.attempts = new Counter({
      name: 'mail_attempts_total',
      help: 'Attempts of this instance to send a mail, by what came of them',
      labelNames: ['outcome'],
      registers: [registry],
    });
    new Gauge({
      name: 'mails_queued',
      help: 'Mails that wait to be sent, of all instances',
      registers: [registry],
      async collect() {
        const queued = await queries.countQueued().catch(() => null);
        if (queued === null)
          this.reset(); // not known while the database is away
        else this.set(queued);
      },
    });
  }

  attempted(outcome: MailOutcome['kind']): void {
    this.attempts.inc({ outcome });
  }
}
