import { InvalidField } from '../kernel/index.js';

const SHORTEST = 12;
const LONGEST = 1024;

/** What a person chooses over the API. @throws InvalidField `invalid_password` */
export function requirePassword(password: string): void {
  const { length } = [...password];
  if (length < SHORTEST || length > LONGEST)
    throw new InvalidField('password', `must have ${SHORTEST} to ${LONGEST} characters`, 'invalid_password', {
      kind: length < SHORTEST ? 'too_short' : 'too_long',
      values: { least: SHORTEST, most: LONGEST },
    });
}
