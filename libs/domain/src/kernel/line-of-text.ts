import { InvalidField } from './invalid-input.js';
import type { Reason } from './reason.js';

/**
 * `raw` as it is kept: NFC, on one line, without white space around it, 1 to `most` characters (code points).
 * @throws InvalidField naming `field`
 */
export function lineOfText(field: string, raw: string, most: number): string {
  return keptText(field, raw, most, /[\p{Cc}\p{Cs}]/u);
}

/** The same for text that may have several lines, and tabs. @throws InvalidField naming `field` */
export function textOfLines(field: string, raw: string, most: number): string {
  return keptText(field, raw, most, /[^\P{Cc}\t\n\r]|\p{Cs}/u);
}

/** The same for what may be left out: null, and what is empty, is nothing. @throws InvalidField naming `field` */
export function optionalLine(field: string, raw: string | null, most: number): string | null {
  return raw === null || raw.trim() === '' ? null : lineOfText(field, raw, most);
}

function keptText(field: string, raw: string, most: number, forbidden: RegExp): string {
  const text = raw.trim().normalize('NFC');
  if (text === '') throw fault(field, 'must not be empty', { kind: 'empty' });
  if ([...text].length > most)
    throw fault(field, `must have ${most} characters at most`, { kind: 'too_long', values: { most } });
  if (forbidden.test(text))
    throw fault(field, 'must not hold control characters or halves of characters', { kind: 'control_characters' });
  return text;
}

const fault = (field: string, message: string, reason: Reason): InvalidField =>
  new InvalidField(field, message, 'invalid_value', reason);
