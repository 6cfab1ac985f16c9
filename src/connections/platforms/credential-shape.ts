import type { Credentials } from '@portico/domain/connections';
import { InvalidField } from '@portico/domain/kernel';

/** A text among credentials. */
export interface CredentialText {
  /** What it is called; the first name is that under which it is kept. */
  readonly names: readonly [string, ...string[]];
  /** Of the text after `clean`. */
  readonly form: RegExp;
  /** What it must be, for who sent something else. */
  readonly says: string;
  readonly isOptional?: true;
  readonly clean?: (text: string) => string;
}

/** A secret: visible ASCII, so that it can stand in a header. */
export const secret = (name: string, options: Pick<CredentialText, 'isOptional'> = {}): CredentialText => ({
  names: [name],
  form: /^[\x21-\x7e]{1,4096}$/,
  says: 'must be text without spaces',
  ...options,
});

/** When a token ends: an instant. */
export const EXPIRY: CredentialText = {
  names: ['token_expires_at'],
  form: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
  says: 'must be an instant, such as 2026-01-31T12:00:00Z',
  isOptional: true,
};

/** The instant that `EXPIRY` names. */
export function expiryIn(credentials: Credentials): Date | null {
  const text = credentials['token_expires_at'];
  return typeof text === 'string' ? new Date(text) : null;
}

/** A text of credentials that were checked. */
export function textIn(credentials: Credentials, name: string): string {
  const text = credentials[name];
  if (typeof text !== 'string') throw new Error(`the credentials hold no ${name}`);
  return text;
}

/** `raw` by the names under which its texts are kept; null is nothing. @throws InvalidField naming `credentials/…` */
export function readTexts(raw: Credentials, texts: readonly CredentialText[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || value === undefined) continue;
    const text = texts.find(({ names }) => names.includes(name));
    if (!text) throw fault(name, 'is unknown here', 'unknown');
    kept[text.names[0]] = checkedText(name, value, text);
  }
  const missing = texts.find(({ names, isOptional }) => !isOptional && kept[names[0]] === undefined);
  if (missing) throw missingText(missing.names[0]);
  return kept;
}

export const missingText = (name: string): InvalidField => fault(name, 'is missing', 'missing');

export function fault(name: string, message: string, kind: 'unknown' | 'missing' | 'wrong_format'): InvalidField {
  return new InvalidField(`credentials/${name}`, message, 'invalid_value', { kind });
}

function checkedText(name: string, value: unknown, { form, says, clean = (text) => text }: CredentialText): string {
  const text = typeof value === 'string' || typeof value === 'number' ? clean(String(value).trim()) : null;
  if (text === null || !form.test(text)) throw fault(name, says, 'wrong_format');
  if (form === EXPIRY.form && Number.isNaN(Date.parse(text))) throw fault(name, says, 'wrong_format');
  return text;
}
