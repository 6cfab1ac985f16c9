import type { Actor, Clock, PartialBlobs, PartialWriter, UnitOfWork, UploadId } from '../kernel/index.js';
import { present } from './find-upload.js';
import { expiryAfter } from './upload.js';
import { uploadErrors } from './upload.errors.js';
import type { Uploads } from './uploads.js';

/** Twice so much is lost at most of a request that ends with the server: a step may be under way. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;

export interface AppendToUploadInput {
  readonly id: UploadId;
  /** Where the bytes go on, as the caller has found it. */
  readonly offset: number;
  readonly source: AsyncIterable<Uint8Array>;
  /**
   * Called after the last piece, before anything of it counts; what it throws is a refusal of all that `source` brought.
   * Without it, what arrived before `source` broke counts.
   */
  readonly verify?: () => void;
}

/**
 * Takes the next bytes of an upload (TUS 1.0, "PATCH"). One request at a time writes to an upload: whoever calls holds
 * its lock, and should the lock have been lost, only the request that came last can advance the upload.
 */
export class AppendToUpload {
  constructor(
    private readonly uploads: Uploads,
    private readonly partials: PartialBlobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * How many bytes there are then.
   * @throws DomainError `upload_not_found`, `upload_expired`, `upload_in_use`, `storage_full`, `storage_unavailable`, and
   *   what `source` and `verify` throw
   */
  async execute(actor: Actor, { id, offset, source, verify }: AppendToUploadInput): Promise<number> {
    const taken = await this.unitOfWork.run(() => this.uploads.takeTurn(actor, id));
    const { partial, state } = present(taken?.upload ?? null, this.clock);
    if (!taken || partial.bytes !== offset) throw uploadErrors.inUse();
    if (state !== 'receiving') return offset;
    const writer = await this.partials.resume(partial);
    const progress = new Progress(offset, () => this.keep(actor, id, writer, taken.turn));
    try {
      for await (const piece of source) {
        await writer.write(piece);
        await progress.add(piece.length, verify ? Infinity : CHECKPOINT_BYTES);
      }
      verify?.();
      return await progress.keep();
    } catch (error) {
      if (!verify) await progress.keep(); // what arrived before the source broke
      throw error;
    } finally {
      await writer.close();
    }
  }

  private async keep(actor: Actor, id: UploadId, writer: PartialWriter, turn: number): Promise<number> {
    const to = await writer.reached();
    const step = { turn, to, expiresAt: expiryAfter(this.clock.now()) };
    if (!(await this.unitOfWork.run(() => this.uploads.advance(actor, id, step)))) throw uploadErrors.inUse();
    return to.bytes;
  }
}

/** Keeps how far it has come every so many bytes, while more of them arrive. */
class Progress {
  private kept: Promise<number>;
  private sinceKept = 0;

  constructor(
    from: number,
    private readonly keepReached: () => Promise<number>,
  ) {
    this.kept = Promise.resolve(from);
  }

  /** After `bytes` more were written; they are kept when there are `every`. @throws what the step before this one threw */
  async add(bytes: number, every: number): Promise<void> {
    this.sinceKept += bytes;
    if (this.sinceKept >= every) await this.begin();
  }

  /** Keeps all that was written; answers how many bytes there are. */
  async keep(): Promise<number> {
    if (this.sinceKept > 0) await this.begin();
    return this.kept;
  }

  /** One step at a time. */
  private async begin(): Promise<void> {
    await this.kept;
    this.sinceKept = 0;
    this.kept = this.keepReached();
    this.kept.catch(() => undefined); // told by whoever waits for it
  }
}
