import { DomainError } from '../kernel/index.js';

const MAX_CHARACTERS = 255;

/**
 * The name as it is kept: NFC (contract, section 3).
 * @throws DomainError `invalid_name` when it is empty, too long, or holds a slash, a backslash, a control character
 *   or what is no valid Unicode (contract, section 4, "Upload")
 */
export function fileName(raw: string): string {
  const refuse = (reason: string) => new DomainError('invalid', 'invalid_name', `The name ${reason}`);
  if (!raw.isWellFormed() || raw.includes('\uFFFD')) throw refuse('is not valid Unicode text');
  const name = raw.normalize('NFC');
  if (name.trim() === '') throw refuse('must not be empty');
  if ([...name].length > MAX_CHARACTERS) throw refuse(`must not be longer than ${MAX_CHARACTERS} characters`);
  if (/[/\\]/.test(name)) throw refuse('must not hold a slash or a backslash');
  if (/\p{Cc}/u.test(name)) throw refuse('must not hold a control character');
  if (name === '.' || name === '..') throw refuse(`must not be "${name}"`);
  return name;
}

/** What follows the last dot, in lower case; empty without one, and for a name such as `.profile`. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

/**
 * The name of a file that is called `raw` in the Back Office and has the ending of `other`: `raw` itself when it ends in
 * the same way, else with that ending behind it, which is then not part of what the file is called.
 * @throws DomainError `invalid_name`
 */
export function captionedName(raw: string, other: string): { name: string; hidesExtension: boolean } {
  const caption = fileName(raw);
  const extension = extensionOf(other);
  if (extension === '' || extensionOf(caption) === extension) return { name: caption, hidesExtension: false };
  return { name: fileName(caption + other.slice(other.lastIndexOf('.'))), hidesExtension: true };
}

/**
 * @throws DomainError `extension_mismatch` unless both names have the same extension, compared without regard to case
 *   (seed 004, "Create a file": the extension must match that of the part's file name)
 */
export function requireSameExtension(name: string, other: string): void {
  const [is, should] = [extensionOf(name), extensionOf(other)];
  if (is === should) return;
  const say = (extension: string) => (extension === '' ? 'no extension' : `the extension ".${extension}"`);
  throw new DomainError('invalid', 'extension_mismatch', `The name has ${say(is)}, the file has ${say(should)}`);
}
