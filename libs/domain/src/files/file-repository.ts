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

  /**
   * Puts `file` at the place `priority`, counted from 1, among the active files of its folder: those that stood there
   * and behind follow it. Beyond the last it is the last. The tree is held to be shaped.
   */
  abstract reorder(file: StoredFile, priority: number): Promise<void>;

  /** The file, locked against other changes until the unit of work ends; active and archived ones alike. */
  abstract find(firmId: FirmId, id: FileId): Promise<StoredFile | null>;
}
