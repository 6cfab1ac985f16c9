import type { Clock, PartialBlobs, UnitOfWork } from '../kernel/index.js';
import type { Uploads } from './uploads.js';

const BATCH = 100;
/** So long an upload is known to have expired. */
const KNOWN_MS = 7 * 24 * 3600 * 1000;

/** Gives back the bytes of uploads that nobody has gone on with (TUS 1.0, "Expiration"). */
export class SweepUploads {
  constructor(
    private readonly uploads: Uploads,
    private readonly partials: PartialBlobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** How many had expired. Bytes that can't be removed now are orphans from here on, which have a sweep of their own. */
  async execute(): Promise<number> {
    const now = this.clock.now();
    let swept = 0;
    for (;;) {
      const expired = await this.unitOfWork.run(() => this.uploads.takeExpired(now, BATCH));
      for (const partial of expired) await this.partials.drop(partial);
      swept += expired.length;
      if (expired.length < BATCH) break;
    }
    await this.unitOfWork.run(() => this.uploads.forget(new Date(now.getTime() - KNOWN_MS)));
    return swept;
  }
}
