import { ChangeUser, CreateUser, type NewUser, User } from '@portico/domain/identity';
import type { FirmId } from '@portico/domain/kernel';
import { FixedClock } from './fixed-clock.js';
import { InMemoryDataAccess } from './in-memory-data-access.js';
import { InMemoryHistory } from './in-memory-history.js';
import { PlainPasswordHasher } from './in-memory-identity.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { InMemoryUserRepository } from './in-memory-users.js';

/** A user of firm 1 who may only read files, not yet added anywhere, changed by `changes`. */
export function aMember(changes: Partial<NewUser> = {}): User {
  return new User({
    firmId: '1' as FirmId,
    email: 'ann@example.test',
    name: 'Ann',
    passwordHash: null,
    permissions: ['files_view'],
    allDataAccess: false,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...changes,
  });
}

/** In-memory adapters that know each other, for the use cases about users. */
export class UserBench {
  readonly clock = new FixedClock();
  readonly access = new InMemoryDataAccess();
  readonly users = new InMemoryUserRepository(this.access);
  readonly history = new InMemoryHistory();
  readonly unitOfWork = new InMemoryUnitOfWork([this.users, this.history]);
  private readonly passwords = new PlainPasswordHasher();

  readonly createUser = new CreateUser(
    this.users,
    this.access,
    this.passwords,
    this.history,
    this.unitOfWork,
    this.clock,
  );
  readonly changeUser = new ChangeUser(
    this.users,
    this.access,
    this.passwords,
    this.history,
    this.unitOfWork,
    this.clock,
  );

  /** Adds a user as `aMember` makes it. */
  async with(changes: Partial<NewUser> = {}, permitted = {}): Promise<User> {
    const user = aMember(changes);
    await this.users.add(user, { entityIds: [], groupIds: [], ...permitted });
    return user;
  }
}
