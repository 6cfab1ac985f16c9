import type { Actor, Clock, UnitOfWork, UserId } from '../kernel/index.js';
import type { History } from '../history/index.js';
import { type DataAccess, type PermittedData, requireReach } from './data-access.js';
import { requireOwnRights, requirePasswordRight, requireRightsOfOther, requireWithinOwn } from './grants.js';
import { identityErrors } from './identity.errors.js';
import { requirePassword } from './passwords.js';
import type { PasswordHasher } from './secrets.js';
import type { User, UserProfile } from './user.js';
import type { UserRepository } from './user-repository.js';

const RIGHTS: ReadonlySet<keyof UserProfile> = new Set(['permissions', 'allDataAccess']);

export interface ChangeUserInput {
  readonly id: UserId;
  readonly profile?: Partial<UserProfile>;
  readonly password?: string;
  /** What is given replaces what was permitted one by one. */
  readonly permitted?: Partial<PermittedData>;
}

/** Changes a user: who they are, what they may do, which data are theirs. */
export class ChangeUser {
  constructor(
    private readonly users: UserRepository,
    private readonly access: DataAccess,
    private readonly passwords: PasswordHasher,
    private readonly history: History,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Nobody grants what they do not have, nor changes a user who has more than they have, nor decides about themselves.
   * @throws DomainError `user_not_found`, `user_exceeds_own`, `grant_exceeds_own`, `own_rights_not_changeable`,
   *   `password_not_changeable`, `last_administrator`, `email_taken`, `external_user_id_taken`
   * @throws InvalidField `invalid_email`, `invalid_user_name`, `invalid_password`, `invalid_value`
   * @throws UnknownIds
   */
  async execute(actor: Actor, input: ChangeUserInput): Promise<void> {
    const { id, profile = {}, password } = input;
    if (password !== undefined) requirePassword(password);
    const passwordHash = password === undefined ? null : await this.passwords.hash(password);
    await this.unitOfWork.run(async () => {
      const mayEndAdministration = profile.permissions?.includes('firm_admin') === false;
      const others = mayEndAdministration ? await this.users.countOtherAdministrators(actor.firmId, id) : 1;
      const { user, permitted } = await this.changeableUser(actor, id);
      if (passwordHash !== null) requirePasswordRight(actor, id);
      if (mayEndAdministration && user.isAdministrator() && others === 0) throw identityErrors.lastAdministrator();
      const now = this.clock.now();
      const before = { ...user };
      const fields = user.edit(profile, now);
      requireOwnRights(actor, user);
      if (fields.some((field) => RIGHTS.has(field))) requireRightsOfOther(actor, id);
      const details: Record<string, unknown> = Object.fromEntries(
        fields.map((field) => [field, { from: before[field], to: user[field] }]),
      );
      Object.assign(details, await this.permit(actor, user, permitted, input.permitted ?? {}, now));
      if (passwordHash !== null) {
        user.changePassword(passwordHash, now);
        details['password'] = 'changed';
      }
      if (Object.keys(details).length === 0) return;
      await this.users.requireUnique(user);
      await this.history.record(actor, { action: 'user.changed', subject: { type: 'user', id }, details });
    });
  }

  private async changeableUser(actor: Actor, id: UserId): Promise<{ user: User; permitted: PermittedData }> {
    const user = await this.users.find(actor.firmId, id);
    if (!user) throw identityErrors.noUser(id);
    const permitted = await this.users.permittedTo(actor.firmId, id);
    await requireWithinOwn(this.access, actor, user, permitted);
    return { user, permitted };
  }

  /** Replaces what is given, and answers what was, for the history. */
  private async permit(
    actor: Actor,
    user: User,
    from: PermittedData,
    given: Partial<PermittedData>,
    now: Date,
  ): Promise<Record<string, unknown>> {
    await requireReach(this.access, actor, given);
    const to = { entityIds: given.entityIds ?? from.entityIds, groupIds: given.groupIds ?? from.groupIds };
    const [granted, withdrawn] = [without(to, from), without(from, to)];
    if (isEmpty(granted) && isEmpty(withdrawn)) return {};
    requireRightsOfOther(actor, user.id);
    await this.users.withdraw(actor.firmId, user.id, withdrawn);
    await this.users.permit(actor.firmId, user.id, granted);
    user.touch(now);
    return { granted, withdrawn };
  }
}

function without(all: PermittedData, those: PermittedData): PermittedData {
  const [entities, groups] = [new Set(those.entityIds), new Set(those.groupIds)];
  return {
    entityIds: all.entityIds.filter((id) => !entities.has(id)),
    groupIds: all.groupIds.filter((id) => !groups.has(id)),
  };
}

const isEmpty = ({ entityIds, groupIds }: PermittedData): boolean => entityIds.length + groupIds.length === 0;
