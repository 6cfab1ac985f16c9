import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BlobFinding, CheckBlobs } from '@portico/domain/files';
import type { Clock } from '@portico/domain/kernel';
import type { StorageChecks } from './storage-checks.js';

const GRACE_SECONDS = 3600;
const LOOK_EVERY_MS = 600_000;
/** In UTC: from then on the check of a day is due. */
const DUE_HOUR = 3;

/** Compares the storage with the database once a day, on one of the instances; it reads no bytes and removes none. */
export class NightlyCheck implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly checkBlobs: CheckBlobs,
    private readonly checks: StorageChecks,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.look());
    }, LOOK_EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** Makes the check of the day when it is due and nobody has. */
  async look(): Promise<void> {
    const now = this.clock.now();
    if (now.getUTCHours() < DUE_HOUR) return;
    try {
      const day = await this.checks.begin(now);
      if (day !== null) await this.check(day);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.error({ err: error }, 'the check of the storage failed');
    }
  }

  private async check(day: string): Promise<void> {
    try {
      const found = await this.checkBlobs.execute({
        ...{ isDeep: false, removesOrphans: false, graceSeconds: GRACE_SECONDS },
        onFinding: (finding) => this.tell(finding),
        onChecked: () => this.stopping.signal.throwIfAborted(),
      });
      await this.checks.finish(day, this.clock.now(), found);
      this.logger.info(found, 'the storage was checked');
    } catch (error) {
      await this.checks.giveBack(day);
      throw error;
    }
  }

  private tell({ fault, key, firmId, fileIds }: BlobFinding): void {
    if (fault === 'orphaned') return; // the sweep removes them
    this.logger.error({ fault, key, firmId, fileIds }, 'the storage is not as the database says');
  }
}
