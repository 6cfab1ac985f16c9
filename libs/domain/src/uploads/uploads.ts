import type { FileId, FirmId, PartialBlob, UploadId, UserId } from '../kernel/index.js';
import type { Upload } from './upload.js';

/** Whose uploads they are. */
export interface UploadOwner {
  readonly firmId: FirmId;
  readonly userId: UserId;
}

/** The uploads of a user that are not files yet, or have just become some. */
export abstract class Uploads {
  abstract add(upload: Upload): Promise<void>;

  /** Expired ones too, for a week. */
  abstract find(owner: UploadOwner, id: UploadId): Promise<Upload | null>;

  /** The same, locked against other changes until the unit of work ends. */
  abstract hold(owner: UploadOwner, id: UploadId): Promise<Upload | null>;

  /** The upload, for a request that is about to write to it: none that came before can advance it any more. */
  abstract takeTurn(owner: UploadOwner, id: UploadId): Promise<{ upload: Upload; turn: number } | null>;

  /**
   * Keeps how far the bytes have come, and until when more are waited for. Answers false, and keeps nothing, when another
   * request has had its turn since, or the upload is none any more.
   */
  abstract advance(owner: UploadOwner, id: UploadId, step: UploadStep): Promise<boolean>;

  /** Notes the file that it has become. */
  abstract finish(owner: UploadOwner, id: UploadId, file: { fileId: FileId; expiresAt: Date }): Promise<void>;

  abstract remove(owner: UploadOwner, id: UploadId): Promise<void>;

  /**
   * Takes up to `most` uploads of any firm that have expired unfinished, and answers what there is of their bytes. They
   * stay known as expired. No other call takes the same.
   */
  abstract takeExpired(now: Date, most: number): Promise<readonly Pick<PartialBlob, 'key' | 'parts'>[]>;

  /** Forgets the uploads of any firm that expired before `instant`, finished ones too. */
  abstract forget(instant: Date): Promise<void>;
}

export interface UploadStep {
  readonly turn: number;
  readonly to: PartialBlob;
  readonly expiresAt: Date;
}
