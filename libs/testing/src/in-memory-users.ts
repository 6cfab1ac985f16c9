import { identityErrors, type PermittedData, type User, UserRepository } from '@portico/domain/identity';
import { type EntityId, type FirmId, type GroupId, UnknownIds, type UserId } from '@portico/domain/kernel';
import { InMemoryDataAccess } from './in-memory-data-access.js';
import type { Reversible } from './in-memory-unit-of-work.js';

const ascending = (one: string, other: string): number => Number(one) - Number(other);

export class InMemoryUserRepository extends UserRepository implements Reversible {
  readonly users: User[] = [];
  private readonly permitted = new Map<UserId, PermittedData>();

  constructor(private readonly access = new InMemoryDataAccess()) {
    super();
  }

  async add(user: User, permitted: PermittedData): Promise<void> {
    await this.requireUnique(user);
    Object.assign(user, { id: String(this.users.length + 1) });
    this.users.push(user);
    await this.permit(user.firmId, user.id, permitted);
  }

  find(firmId: FirmId, id: UserId): Promise<User | null> {
    return Promise.resolve(this.users.find((user) => user.firmId === firmId && user.id === id) ?? null);
  }

  findIdByEmail(firmId: FirmId, email: string): Promise<UserId | null> {
    const found = this.users.find((user) => user.firmId === firmId && user.email === email.toLowerCase());
    return Promise.resolve(found?.id ?? null);
  }

  async requireUnique(user: User): Promise<void> {
    const others = this.users.filter((other) => other.firmId === user.firmId && other !== user);
    if (others.some(({ email }) => email === user.email)) throw identityErrors.emailTaken(user.email);
    const { externalUserId } = user;
    if (externalUserId !== null && others.some((other) => other.externalUserId === externalUserId))
      throw identityErrors.externalUserIdTaken(externalUserId);
  }

  async permittedTo(firmId: FirmId, id: UserId): Promise<PermittedData> {
    const nothing = { entityIds: [], groupIds: [] };
    return (await this.find(firmId, id)) ? (this.permitted.get(id) ?? nothing) : nothing;
  }

  async permit(firmId: FirmId, id: UserId, data: PermittedData): Promise<void> {
    const all: [of: 'entities' | 'groups', ids: readonly string[]][] = [
      ['entities', data.entityIds],
      ['groups', data.groupIds],
    ];
    for (const [of, ids] of all) {
      const unknown = ids.filter((one) => !this.access.has(firmId, of, one));
      if (unknown.length > 0) throw new UnknownIds(of, unknown);
    }
    const { entityIds, groupIds } = await this.permittedTo(firmId, id);
    this.permitted.set(id, {
      entityIds: union<EntityId>(entityIds, data.entityIds),
      groupIds: union<GroupId>(groupIds, data.groupIds),
    });
  }

  async withdraw(firmId: FirmId, id: UserId, data: PermittedData): Promise<void> {
    const { entityIds, groupIds } = await this.permittedTo(firmId, id);
    this.permitted.set(id, {
      entityIds: entityIds.filter((one) => !data.entityIds.includes(one)),
      groupIds: groupIds.filter((one) => !data.groupIds.includes(one)),
    });
  }

  countOtherAdministrators(firmId: FirmId, id: UserId): Promise<number> {
    const others = this.users.filter((user) => user.firmId === firmId && user.id !== id && user.isAdministrator());
    return Promise.resolve(others.length);
  }

  snapshot(): () => void {
    const states = this.users.map((user) => ({ user, state: { ...user } }));
    const permitted = new Map(this.permitted);
    return () => {
      this.users.splice(0, Infinity, ...states.map(({ user, state }) => Object.assign(user, state)));
      this.permitted.clear();
      for (const [id, data] of permitted) this.permitted.set(id, data);
    };
  }
}

function union<Id extends string>(some: readonly Id[], more: readonly Id[]): Id[] {
  return [...new Set([...some, ...more])].sort(ascending);
}
