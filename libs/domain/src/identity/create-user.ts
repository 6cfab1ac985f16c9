import {
  type Actor,
  type Author,
  type Clock,
  type FirmId,
  type Permission,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, type PermittedData, requireReach } from './data-access.js';
import { requireOwnRights, requirePasswordRight } from './grants.js';
import { identityErrors } from './identity.errors.js';
import { requirePassword } from './passwords.js';
import type { PasswordHasher } from './secrets.js';
import { User } from './user.js';
import type { UserRepository } from './user-repository.js';

export interface CreateUserInput {
  readonly email: string;
  /** Without it, the first and the last name. */
  readonly name?: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly externalUserId?: string | null;
  /** Without it, the user never signs in with a password. */
  readonly password?: string;
  readonly permissions: readonly Permission[];
  readonly allDataAccess: boolean;
  readonly permitted?: Partial<PermittedData>;
}

/** Adds a user to a firm. */
export class CreateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly access: DataAccess,
    private readonly passwords: PasswordHasher,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * To the actor's own firm. Nobody grants what they do not have.
   * @throws DomainError `grant_exceeds_own`, `password_not_changeable`, `email_taken`, `external_user_id_taken`
   * @throws InvalidField `invalid_email`, `invalid_user_name`, `invalid_password`, `invalid_value`
   * @throws UnknownIds
   */
  async execute(actor: Actor, input: CreateUserInput): Promise<UserId> {
    if (input.password !== undefined) {
      requirePassword(input.password);
      requirePasswordRight(actor, null);
    }
    const passwordHash = await this.hashOf(input.password);
    return this.unitOfWork.run(async () => {
      const user = this.userOf(actor.firmId, input, passwordHash);
      requireOwnRights(actor, user);
      await requireReach(this.access, actor, input.permitted ?? {});
      await this.add(actor, user, input.permitted);
      return user.id;
    });
  }

  /**
   * To any firm, with any rights.
   * @throws DomainError as `execute`, and `firm_not_found`
   */
  async byOperator(
    author: Omit<Author, 'firmId'>,
    input: CreateUserInput & { readonly firmId: FirmId; readonly password: string },
  ): Promise<{ id: UserId; email: string }> {
    if (input.password === '') throw identityErrors.emptyPassword();
    const { firmId } = input;
    const passwordHash = await this.hashOf(input.password);
    return this.unitOfWork.run(async () => {
      const user = this.userOf(firmId, input, passwordHash);
      await this.add({ ...author, firmId }, user, input.permitted);
      return { id: user.id, email: user.email };
    });
  }

  private async hashOf(password: string | undefined): Promise<string | null> {
    return password === undefined ? null : this.passwords.hash(password);
  }

  private userOf(firmId: FirmId, input: CreateUserInput, passwordHash: string | null): User {
    const { password: _password, permitted: _permitted, ...profile } = input;
    return new User({ ...profile, firmId, passwordHash, createdAt: this.clock.now() });
  }

  private async add(author: Author, user: User, permitted: Partial<PermittedData> = {}): Promise<void> {
    const { entityIds = [], groupIds = [] } = permitted;
    await this.users.add(user, { entityIds, groupIds });
    const { email, permissions, allDataAccess } = user;
    await this.history.record(author, {
      action: 'user.created',
      subject: { type: 'user', id: user.id },
      details: { email, permissions, allDataAccess, entityIds, groupIds },
    });
  }
}
