import { Dependents } from '@portico/domain/directory';
import type { Actor, ContactId, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import type { InMemoryEntityRepository, InMemoryGroupRepository } from './in-memory-directory.js';
import type { Reversible } from './in-memory-unit-of-work.js';

type Kind = 'entities' | 'groups';
const byNumber = (a: string, b: string): number => Number(a) - Number(b);

export class InMemoryDependents extends Dependents implements Reversible {
  /** The contacts that nobody without all data access may change. */
  readonly unchangeable = new Set<ContactId>();
  /** When contacts were last modified. */
  readonly modified = new Map<ContactId, Date>();
  private readonly contacts = new Map<string, readonly ContactId[]>();

  constructor(
    private readonly entities: InMemoryEntityRepository,
    private readonly groups: InMemoryGroupRepository,
  ) {
    super();
  }

  /** Makes these the contacts that are affiliated with it. */
  affiliate(of: Kind, id: string, contactIds: readonly string[]): void {
    this.contacts.set(`${of} ${id}`, contactIds as readonly ContactId[]);
  }

  leaveGroups(firmId: FirmId, entityId: EntityId, now: Date): Promise<readonly GroupId[]> {
    const { members, groups } = this.groups;
    const ids = members.all().flatMap(([groupId, member]) => (member === entityId ? [groupId] : []));
    const left = ids.filter((id) => groups.get(id)?.firmId === firmId);
    for (const id of left) {
      members.remove(id, entityId);
      groups.get(id)?.membersChanged(now);
    }
    return Promise.resolve(left.sort(byNumber));
  }

  touchContacts(_firmId: FirmId, of: Kind, id: string, now: Date): Promise<readonly ContactId[]> {
    const affiliated = [...(this.contacts.get(`${of} ${id}`) ?? [])].sort(byNumber);
    for (const contactId of affiliated) this.modified.set(contactId, now);
    return Promise.resolve(affiliated);
  }

  findUnchangeable(_actor: Actor, contactIds: readonly ContactId[]): Promise<ContactId | null> {
    return Promise.resolve(contactIds.find((id) => this.unchangeable.has(id)) ?? null);
  }

  listUsers(_firmId: FirmId, of: Kind, id: string): Promise<readonly UserId[]> {
    const pairs: (readonly [string, UserId])[] = this[of].permitted.all();
    return Promise.resolve(pairs.flatMap(([permitted, userId]) => (permitted === id ? [userId] : [])).sort(byNumber));
  }

  snapshot(): () => void {
    const before = new Map(this.modified);
    return () => {
      this.modified.clear();
      for (const [id, at] of before) this.modified.set(id, at);
    };
  }
}
