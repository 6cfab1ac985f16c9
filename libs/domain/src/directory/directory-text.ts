import { InvalidField, lineOfText } from '../kernel/index.js';

const MAX_CHARACTERS = 255;

/** A name, or what another system calls something, as it is kept. @throws InvalidField naming `field` */
export function directoryText(field: string, raw: string): string {
  return lineOfText(field, raw, MAX_CHARACTERS);
}

/** The kind of an entity, in upper case. @throws InvalidField unless it is letters, digits and underscores */
export function modelType(raw: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(raw)) return raw.toUpperCase();
  throw new InvalidField(
    'modelType',
    'must be 1 to 64 letters, digits and underscores, and begin with a letter, such as PERSON_NODE',
  );
}

/** The code of a currency, in upper case. @throws InvalidField unless it has the form of one */
export function currencyFactor(raw: string): string {
  if (/^[A-Za-z][A-Za-z0-9]{1,15}$/.test(raw)) return raw.toUpperCase();
  throw new InvalidField('currencyFactor', 'must be the code of a currency, such as USD');
}
