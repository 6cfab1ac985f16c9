import type { Readable } from 'node:stream';
import type { FirmId } from '../kernel/index.js';
import { clientFileErrors } from './client-file.errors.js';

/** A file of the import folder that was opened. */
export interface ImportedFile {
  /** The last part of its path. */
  readonly name: string;
  /** Its bytes, to be read to the end or destroyed. */
  readonly content: Readable;
}

/** The folder of each firm in which its operator puts files that the firm may take over (contract, section 6). */
export abstract class ImportFolder {
  /**
   * Opens the file at `path`, which is relative to the firm's folder. Whatever leads out of it is refused, also when it
   * comes to lead out while it is opened.
   * @throws DomainError `invalid_import_path`, `import_file_missing`, `import_not_a_file`, `file_too_large` (also while
   *   it is read)
   */
  abstract open(firmId: FirmId, path: string): Promise<ImportedFile>;
}

const LONGEST_PATH = 4096;

/** The names of which `path` consists, none of which leads upwards. @throws DomainError `invalid_import_path` */
export function importPath(path: string): readonly [string, ...string[]] {
  const refuse = clientFileErrors.importPathInvalid;
  if (path === '') throw refuse('it is empty');
  if (path.length > LONGEST_PATH) throw refuse(`it has more than ${LONGEST_PATH} characters`);
  if (!path.isWellFormed() || /\p{Cc}/u.test(path)) throw refuse('it holds what is no text');
  if (path.includes('\\')) throw refuse('it holds a backslash');
  if (path.startsWith('/')) throw refuse('it begins with a slash');
  const names = path.split('/') as [string, ...string[]];
  const wrong = names.find((name) => name === '' || name === '.' || name === '..');
  if (wrong !== undefined) throw refuse(wrong === '' ? 'it holds an empty name' : `it holds "${wrong}"`);
  return names;
}
