import { InvalidField } from './invalid-input.js';

const LONGEST = 254;

/** The address with its letters as they were given. @throws InvalidField `invalid_email` naming `field` */
export function writtenAddress(raw: string, field = 'email'): string {
  const address = raw.trim().normalize('NFC');
  if (address.length > LONGEST || !/^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u.test(address))
    throw new InvalidField(field, `"${raw}" is not an e-mail address`, 'invalid_email', { kind: 'not_email' });
  return address;
}

/** The address as it is kept and compared: in lower case. @throws InvalidField `invalid_email` naming `field` */
export function emailAddress(raw: string, field = 'email'): string {
  return writtenAddress(raw, field).toLowerCase();
}
