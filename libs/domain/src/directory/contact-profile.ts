import { emailAddress, InvalidField, lineOfText, optionalLine, type PortalRole } from '../kernel/index.js';
import {
  type ContactEmail,
  contactEmails,
  type FamilyMember,
  familyMembers,
  type MailingAddress,
  mailingAddresses,
  type PhoneNumber,
  phoneNumbers,
} from './contact-details.js';
import { timeZoneName } from './time-zone.js';

export const LANGUAGES = ['en', 'ja', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is said of a contact, and can be changed as it is. */
export interface ContactProfile {
  readonly title: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly suffix: string | null;
  /** What the firm calls the contact; one contact of the firm for each. */
  readonly externalUserId: string | null;
  /** With which the contact signs in to the portal; lower case, one contact of the firm for each. */
  readonly loginEmail: string | null;
  /** A calendar day, `YYYY-MM-DD`. */
  readonly birthday: string | null;
  readonly employer: string | null;
  readonly occupation: string | null;
  readonly isExemptFromTwoFactorRequirement: boolean;
  readonly mailingAddresses: readonly MailingAddress[];
  readonly emails: readonly ContactEmail[];
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly familyMembers: readonly FamilyMember[];
  /** The name of an IANA time zone. */
  readonly timeZone: string;
  readonly language: Language;
  readonly portalRole: PortalRole;
  /** Whether files are published to the contact when the publisher leaves it to them. */
  readonly publishFiles: boolean;
  /** The same for mails. */
  readonly notifyByEmail: boolean;
}

export type ProfileField = keyof ContactProfile;

/** What a contact has when nothing else is said. */
export const DEFAULT_PROFILE: Omit<ContactProfile, 'firstName' | 'lastName'> = {
  title: null,
  suffix: null,
  externalUserId: null,
  loginEmail: null,
  birthday: null,
  employer: null,
  occupation: null,
  isExemptFromTwoFactorRequirement: false,
  mailingAddresses: [],
  emails: [],
  phoneNumbers: [],
  familyMembers: [],
  timeZone: 'UTC',
  language: 'en',
  portalRole: 'viewer',
  publishFiles: true,
  notifyByEmail: true,
};

type Rules = { readonly [F in ProfileField]: (value: ContactProfile[F], field: F) => ContactProfile[F] };

const line = (most: number) => (value: string, field: string) => lineOfText(field, value, most);
const optional = (most: number) => (value: string | null, field: string) => optionalLine(field, value, most);
const asGiven = <T>(value: T): T => value;

/** How each field is checked, and kept (limits: the documented ones of the Contacts API). */
const RULES: Rules = {
  title: optional(10),
  firstName: line(40),
  lastName: line(80),
  suffix: optional(10),
  externalUserId: optional(31),
  loginEmail: (value, field) => (value === null || value.trim() === '' ? null : emailAddress(value, field)),
  birthday: (value, field) => (value === null ? null : calendarDay(value, field)),
  employer: optional(80),
  occupation: optional(80),
  isExemptFromTwoFactorRequirement: asGiven,
  mailingAddresses: (value, field) => mailingAddresses(field, value),
  emails: (value, field) => contactEmails(field, value),
  phoneNumbers: (value, field) => phoneNumbers(field, value),
  familyMembers: (value, field) => familyMembers(field, value),
  timeZone: (value, field) => timeZoneName(field, value),
  language: asGiven,
  portalRole: asGiven,
  publishFiles: asGiven,
  notifyByEmail: asGiven,
};

/** The given fields as they are kept. @throws InvalidField naming the first that holds what it must not */
export function checkedProfile(given: Partial<ContactProfile>): Partial<ContactProfile> {
  return Object.assign({}, ...fieldsOf(given).map((field) => checkedField(field, given))) as Partial<ContactProfile>;
}

/** The names of the fields that are given; undefined is not given. */
export function fieldsOf(given: Partial<ContactProfile>): ProfileField[] {
  return (Object.keys(RULES) as ProfileField[]).filter((field) => given[field] !== undefined);
}

function checkedField<F extends ProfileField>(field: F, given: Partial<ContactProfile>): Partial<ContactProfile> {
  return { [field]: RULES[field](given[field] as ContactProfile[F], field) };
}

function calendarDay(value: string, field: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) && value >= '0001' ? new Date(`${value}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value)
    throw new InvalidField(field, 'must be a day of the calendar, such as 1990-10-31', 'invalid_value', {
      kind: 'not_day',
    });
  return value;
}
