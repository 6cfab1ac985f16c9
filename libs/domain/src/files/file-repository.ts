import type { FileId, FirmId, StoredBlob } from '../kernel/index.js';
import type { StoredFile } from './stored-file.js';

/** The files and folders of a firm, for what changes them; used inside a unit of work. */
export abstract class FileRepository {
  /**
   * Records that the firm's rows may point at `blob`. Until the unit of work ends, a sweep can't remove its bytes.
   * @throws DomainError `blob_missing` when the bytes are gone
   */
  abstract addBlob(firmId: FirmId, blob: StoredBlob): Promise<void>;

  /** Adds `file` and gives it its id. */
  abstract add(file: StoredFile): Promise<void>;

  /** The file, locked against other changes until the unit of work ends; active and archived ones alike. */
  abstract find(firmId: FirmId, id: FileId): Promise<StoredFile | null>;
}
