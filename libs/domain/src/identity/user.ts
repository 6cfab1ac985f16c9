import { type Data, DomainError, Entity, type FirmId, type Permission, type UserId } from '../kernel/index.js';

/** Staff of a firm. */
export class User extends Entity<User> {
  /** Given by the database when the user is added. */
  readonly id!: UserId;
  readonly firmId!: FirmId;
  /** Lower case; one user of the firm for each. */
  readonly email!: string;
  readonly name!: string;
  /** argon2id, in PHC string format; null for a user who never signs in with a password. */
  readonly passwordHash!: string | null;
  /** As granted; what they include is resolved when they are used. */
  readonly permissions!: Permission[];
  readonly allDataAccess!: boolean;
  readonly createdAt!: Date;

  /** @throws DomainError `invalid_email`, `invalid_user_name` */
  constructor(state: Omit<Data<User>, 'id'>) {
    super();
    Object.assign(this, state, { email: emailAddress(state.email), name: userName(state.name) });
  }
}

/** The address as it is kept. @throws DomainError `invalid_email` */
export function emailAddress(raw: string): string {
  const address = raw.trim().normalize('NFC').toLowerCase();
  if (address.length > 254 || !/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(address))
    throw new DomainError('invalid', 'invalid_email', `"${raw}" is not an e-mail address`);
  return address;
}

function userName(raw: string): string {
  const name = raw.trim().normalize('NFC');
  if (name === '' || name.length > 160 || /\p{Cc}/u.test(name))
    throw new DomainError('invalid', 'invalid_user_name', 'A user needs a name of 1 to 160 characters');
  return name;
}
