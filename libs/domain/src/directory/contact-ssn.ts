import { optionalLine, type Sealer } from '../kernel/index.js';
import type { Contact } from './contact.js';

const LONGEST = 9;

/** What the number is sealed as: it opens for this contact alone. */
export const ssnContext = ({ firmId, id }: Pick<Contact, 'firmId' | 'id'>): string =>
  `the ssn of contact ${id} of firm ${firmId}`;

/** The number as it is kept. @throws InvalidField */
export const checkedSsn = (raw: string | null): string | null => optionalLine('ssn', raw, LONGEST);

/** Seals the number into the contact, and answers whether it is another one than before. */
export function changeSsn(sealer: Sealer, contact: Contact, ssn: string | null, now: Date): boolean {
  const context = ssnContext(contact);
  const before = contact.sealedSsn === null ? null : sealer.open(context, contact.sealedSsn);
  if (ssn === before) return false;
  contact.keepSsn(ssn === null ? null : sealer.seal(context, ssn), now);
  return true;
}
