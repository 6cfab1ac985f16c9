import type { Reason } from '@portico/domain/kernel';
import { CLIENT_CODES } from './client-codes.js';
import { CLIENT_FILE_CODES } from './client-file-codes.js';
import { CONNECTION_CODES } from './connection-codes.js';
import { CONTACT_CODES } from './contact-codes.js';
import { GENERAL_CODES } from './general-codes.js';
import { IDEMPOTENCY_CODES } from './idempotency-codes.js';
import { type CodeTexts, filled, type Language } from './language.js';
import { NOTIFICATION_CODES } from './notification-codes.js';
import { REASONS } from './reasons.js';
import { RESOURCE_CODES } from './resource-codes.js';
import { SESSION_CODES } from './session-codes.js';
import { TITLES } from './titles.js';
import { USER_CODES } from './user-codes.js';

/** Every code that the Back Office answers, in all languages. A resource adds its codes in a file of its own. */
export const CODES = {
  ...GENERAL_CODES,
  ...IDEMPOTENCY_CODES,
  ...SESSION_CODES,
  ...CLIENT_CODES,
  ...CONTACT_CODES,
  ...USER_CODES,
  ...CLIENT_FILE_CODES,
  ...RESOURCE_CODES,
  ...NOTIFICATION_CODES,
  ...CONNECTION_CODES,
} as const satisfies Readonly<Record<string, CodeTexts>>;
export type BackOfficeCode = keyof typeof CODES;

/** The title of a status. */
export function titleIn(language: Language, status: number, otherwise: string): string {
  return TITLES[status]?.[language] ?? otherwise;
}

/** What a refusal says: in English its own words, in other languages those of the catalogue for its code. */
export function detailIn(language: Language, code: string, own: string): string {
  if (language === 'en' || !Object.hasOwn(CODES, code)) return own;
  return CODES[code as BackOfficeCode][language];
}

/** What is wrong with a value, as it goes on after its name. */
export function reasonIn(language: Language, { kind, values }: Reason, own: string): string {
  return language === 'en' && kind !== 'missing' ? own : filled(REASONS[kind][language], values);
}
