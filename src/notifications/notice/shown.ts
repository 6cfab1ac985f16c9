import type { Language } from '@portico/domain/directory';

/** What makes text seem to be other text: marks that turn its direction, and breaks that are no line feed. */
const MISLEADING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name out of the database as it may stand in a mail. */
export function shown(name: string): string {
  return name.replace(MISLEADING, '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** An instant in a language and a time zone, with the zone. */
export function instantIn(language: Language, timeZone: string, instant: Date): string {
  const fields = { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const format = (zone: string) =>
    new Intl.DateTimeFormat(language, { ...fields, timeZone: zone, timeZoneName: 'short' }).format(instant);
  try {
    return format(timeZone);
  } catch {
    return format('UTC'); // a zone that was known once and is no more
  }
}

/** Such a name stands with the family name first. */
const isEastAsian = (name: string): boolean => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name);

/** A whole name in the order of the language; of staff there may be one part only. */
export function nameIn(language: Language, first: string, last: string): string {
  const parts = language === 'ja' && isEastAsian(first + last) ? [last, first] : [first, last];
  return parts.filter((part) => part !== '').join(' ');
}
