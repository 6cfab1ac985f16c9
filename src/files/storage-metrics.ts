import { Gauge } from 'prom-client';
import type { HttpMetrics } from '../platform/observability/http-metrics.js';
import type { FinishedCheck, StorageChecks } from './storage-checks.js';

const FAULTS = ['missing', 'orphaned', 'wrong_size'] as const;

/** What `GET /metrics` tells of the last check of the storage, whichever instance made it. */
export class StorageMetrics {
  constructor({ registry }: HttpMetrics, checks: StorageChecks) {
    const latest = (): Promise<FinishedCheck | null> => checks.latest().catch(() => null); // the database is away
    new Gauge({
      name: 'storage_faults',
      help: 'What the last check of the storage found wrong, by kind',
      labelNames: ['fault'],
      registers: [registry],
      async collect() {
        this.reset();
        const check = await latest();
        if (check) for (const fault of FAULTS) this.set({ fault }, check[fault]);
      },
    });
    new Gauge({
      name: 'storage_checked_timestamp_seconds',
      help: 'When the last check of the storage came to its end',
      registers: [registry],
      async collect() {
        const check = await latest();
        if (check) this.set(check.finishedAt);
        else this.reset();
      },
    });
  }
}
