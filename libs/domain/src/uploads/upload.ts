import type { NewFile } from '../files/index.js';
import type { FileId, FirmId, PartialBlob, UploadId, UserId } from '../kernel/index.js';

/** How long an upload waits for its next byte: 24 hours. */
export const UPLOAD_LIFETIME_MS = 24 * 3600 * 1000;

/** What came with the creation under names that the protocol leaves to the client; null for a name alone. */
export type UploadLabels = Readonly<Record<string, string | null>>;

type State = Pick<
  Upload,
  'id' | 'firmId' | 'userId' | 'bytes' | 'asked' | 'labels' | 'partial' | 'createdAt' | 'expiresAt' | 'fileId'
>;

/** A file that arrives in pieces. It belongs to one user: nobody else sees it. */
export class Upload {
  readonly id!: UploadId;
  readonly firmId!: FirmId;
  readonly userId!: UserId;
  /** How many it will be. */
  readonly bytes!: number;
  /** What file it shall become. */
  readonly asked!: NewFile;
  readonly labels!: UploadLabels;
  /** How far its bytes have come. */
  readonly partial!: PartialBlob;
  readonly createdAt!: Date;
  readonly expiresAt!: Date;
  /** The file that it has become. */
  readonly fileId!: FileId | null;

  constructor(state: State) {
    Object.assign(this, state);
  }

  get received(): number {
    return this.partial.bytes;
  }

  /** `receiving`, `received` while its file could not be made yet, or `finished`. */
  get state(): 'receiving' | 'received' | 'finished' {
    if (this.fileId !== null) return 'finished';
    return this.received === this.bytes ? 'received' : 'receiving';
  }

  isExpired(now: Date): boolean {
    return this.expiresAt <= now;
  }
}

/** When an upload expires that got bytes `now`. */
export function expiryAfter(now: Date): Date {
  return new Date(now.getTime() + UPLOAD_LIFETIME_MS);
}
