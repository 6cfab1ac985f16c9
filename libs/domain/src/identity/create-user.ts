import type { Author, Clock, FirmId, Permission, UnitOfWork, UserId } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { identityErrors } from './identity.errors.js';
import type { PasswordHasher } from './secrets.js';
import { User } from './user.js';
import type { PermittedData, UserRepository } from './user-repository.js';

export interface CreateUserInput {
  readonly firmId: FirmId;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly permissions: readonly Permission[];
  readonly allDataAccess: boolean;
  readonly permitted?: PermittedData;
}

/** Adds a user to a firm. */
export class CreateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `email_taken`, `invalid_email`, `invalid_user_name`, `invalid_password`, `unknown_entities`,
   *   `unknown_groups`
   */
  async execute(author: Omit<Author, 'firmId'>, input: CreateUserInput): Promise<{ id: UserId; email: string }> {
    if (input.password === '') throw identityErrors.emptyPassword();
    const user = new User({
      firmId: input.firmId,
      email: input.email,
      name: input.name,
      passwordHash: await this.passwords.hash(input.password),
      permissions: [...new Set(input.permissions)],
      allDataAccess: input.allDataAccess || input.permissions.includes('firm_admin'),
      createdAt: this.clock.now(),
    });
    await this.unitOfWork.run(async () => {
      await this.users.add(user, input.permitted ?? { entityIds: [], groupIds: [] });
      const { email, permissions, allDataAccess } = user;
      await this.history.record(
        { ...author, firmId: user.firmId },
        {
          action: 'user.created',
          subject: { type: 'user', id: user.id },
          details: { email, permissions, allDataAccess },
        },
      );
    });
    return { id: user.id, email: user.email };
  }
}
