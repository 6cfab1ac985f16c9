import { InvalidField, lineOfText, optionalLine, writtenAddress } from '../kernel/index.js';

export const EMAIL_TYPES = ['PERSONAL', 'WORK', 'FAMILY', 'OTHER'] as const;
export const PHONE_TYPES = ['HOME', 'WORK', 'CELL', 'FAX', 'OTHER'] as const;
export const FAMILY_RELATIONSHIPS = [
  ...['SPOUSE', 'MOTHER', 'FATHER', 'SISTER', 'BROTHER', 'DAUGHTER', 'SON', 'GRANDMOTHER', 'GRANDFATHER'],
  ...['GRANDDAUGHTER', 'GRANDSON', 'AUNT', 'UNCLE', 'COUSIN', 'OTHER'],
] as const;

export interface MailingAddress {
  readonly street: string;
  readonly street2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string | null;
  /** Such as `Work` or `Home`. */
  readonly addressType: string | null;
}

export interface ContactEmail {
  readonly email: string;
  readonly emailType: (typeof EMAIL_TYPES)[number];
}

export interface PhoneNumber {
  readonly number: string;
  readonly phoneType: (typeof PHONE_TYPES)[number];
}

export interface FamilyMember {
  readonly firstName: string;
  readonly lastName: string;
  readonly relationship: (typeof FAMILY_RELATIONSHIPS)[number];
}

/** How many of each a contact has at most. */
const MOST = 50;

const tooMany = (field: string): InvalidField =>
  new InvalidField(field, `must have ${MOST} items at most`, 'invalid_value', {
    kind: 'too_many',
    values: { most: MOST },
  });

/** Each of `items` as `check` keeps it. @throws InvalidField naming `field`, or the place in it */
function listOf<T>(field: string, items: readonly T[], check: (item: T, at: string) => T): T[] {
  if (items.length > MOST) throw tooMany(field);
  return items.map((item, index) => check(item, `${field}/${index}`));
}

/** @throws InvalidField */
export const mailingAddresses = (field: string, items: readonly MailingAddress[]): MailingAddress[] =>
  listOf(field, items, (item, at) => ({
    street: lineOfText(`${at}/street`, item.street, 80),
    street2: optionalLine(`${at}/street2`, item.street2, 80),
    city: lineOfText(`${at}/city`, item.city, 80),
    state: lineOfText(`${at}/state`, item.state, 80),
    zip: lineOfText(`${at}/zip`, item.zip, 10),
    country: optionalLine(`${at}/country`, item.country, 80),
    addressType: optionalLine(`${at}/addressType`, item.addressType, 80),
  }));

/** @throws InvalidField */
export const contactEmails = (field: string, items: readonly ContactEmail[]): ContactEmail[] =>
  listOf(field, items, ({ email, emailType }, at) => ({ email: writtenAddress(email, `${at}/email`), emailType }));

/** @throws InvalidField */
export const phoneNumbers = (field: string, items: readonly PhoneNumber[]): PhoneNumber[] =>
  listOf(field, items, ({ number, phoneType }, at) => ({ number: lineOfText(`${at}/number`, number, 15), phoneType }));

/** @throws InvalidField */
export const familyMembers = (field: string, items: readonly FamilyMember[]): FamilyMember[] =>
  listOf(field, items, ({ firstName, lastName, relationship }, at) => ({
    firstName: lineOfText(`${at}/firstName`, firstName, 40),
    lastName: lineOfText(`${at}/lastName`, lastName, 80),
    relationship,
  }));
