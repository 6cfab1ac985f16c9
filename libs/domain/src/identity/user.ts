import {
  emailAddress,
  Entity,
  type FirmId,
  InvalidField,
  lineOfText,
  optionalLine,
  type Permission,
  PERMISSIONS,
  sameValue,
  type UserId,
} from '../kernel/index.js';

const LONGEST = { name: 160, firstName: 40, lastName: 80, externalUserId: 31 } as const;

/** What is said of a user, and can be changed. */
export interface UserProfile {
  readonly email: string;
  /** How the user is shown. */
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** What the firm calls the user; one user of the firm for each. */
  readonly externalUserId: string | null;
  readonly permissions: readonly Permission[];
  readonly allDataAccess: boolean;
}

/** A new user has at least one of the names; without `name`, the others make it. */
export type NewUser = Pick<UserProfile, 'email' | 'permissions' | 'allDataAccess'> &
  Partial<UserProfile> & {
    readonly firmId: FirmId;
    readonly passwordHash: string | null;
    readonly createdAt: Date;
  };

/** Staff of a firm. */
export class User extends Entity<User> {
  /** Given by the database when the user is added. */
  readonly id!: UserId;
  readonly firmId!: FirmId;
  /** Lower case; one user of the firm for each. */
  readonly email!: string;
  readonly name!: string;
  readonly firstName!: string | null;
  readonly lastName!: string | null;
  readonly externalUserId!: string | null;
  /** argon2id, in PHC string format; null for a user who never signs in with a password. */
  readonly passwordHash!: string | null;
  /** As granted, each once; what they include is resolved when they are used. */
  readonly permissions!: readonly Permission[];
  /** Always true for an administrator of the firm. */
  readonly allDataAccess!: boolean;
  readonly createdAt!: Date;
  /** Null for one who was made before changes were dated, and not changed since. */
  readonly modifiedAt!: Date | null;

  /** @throws InvalidField `invalid_email`, `invalid_user_name`, `invalid_value` */
  constructor({ firmId, passwordHash, createdAt, name, ...profile }: NewUser) {
    super();
    const { firstName = null, lastName = null, externalUserId = null } = profile;
    const kept = checked({ ...profile, firstName, lastName, externalUserId });
    const shown = userName(name ?? composed(kept.firstName ?? null, kept.lastName ?? null));
    Object.assign(this, { firmId, passwordHash, createdAt, modifiedAt: createdAt, ...kept, name: shown });
  }

  isAdministrator(): boolean {
    return this.permissions.includes('firm_admin');
  }

  /**
   * Changes what is given, and answers which fields are different now. A name that is made of the first and the last
   * name goes with them.
   * @throws InvalidField `invalid_email`, `invalid_user_name`, `invalid_value`
   */
  edit({ name, ...given }: Partial<UserProfile>, now: Date): (keyof UserProfile)[] {
    const { permissions = this.permissions, allDataAccess = this.allDataAccess } = given;
    const kept = checked({ ...given, permissions, allDataAccess });
    const { firstName = this.firstName, lastName = this.lastName } = kept;
    const isComposed = this.name === composed(this.firstName, this.lastName);
    const shown = name ?? ((isComposed && composed(firstName, lastName)) || this.name);
    const next: Partial<UserProfile> = { ...kept, name: userName(shown) };
    const fields = (Object.keys(next) as (keyof UserProfile)[]).filter((it) => !sameValue(this[it], next[it]));
    if (fields.length > 0) this.change({ ...pick(next, fields), modifiedAt: now });
    return fields;
  }

  changePassword(hash: string, now: Date): void {
    this.change({ passwordHash: hash, modifiedAt: now });
  }

  /** What is permitted to the user has changed. */
  touch(now: Date): void {
    this.change({ modifiedAt: now });
  }
}

function composed(firstName: string | null, lastName: string | null): string {
  return [firstName, lastName].filter((part) => part !== null).join(' ');
}

/** The fields that are given, as they are kept. */
function checked({ email, permissions, allDataAccess, ...given }: Partial<UserProfile>): Partial<UserProfile> {
  const line = (field: 'firstName' | 'lastName' | 'externalUserId') =>
    given[field] !== undefined && { [field]: optionalLine(field, given[field], LONGEST[field]) };
  return {
    ...(email !== undefined && { email: emailAddress(email) }),
    ...line('firstName'),
    ...line('lastName'),
    ...line('externalUserId'),
    ...(permissions && { permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)) }),
    ...(allDataAccess !== undefined && {
      allDataAccess: allDataAccess || permissions?.includes('firm_admin') === true,
    }),
  };
}

function userName(raw: string): string {
  try {
    return lineOfText('name', raw, LONGEST.name);
  } catch (error) {
    throw error instanceof InvalidField
      ? new InvalidField(error.field, error.message, 'invalid_user_name', error.reason)
      : error;
  }
}

function pick<T, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
