import { type Data, Entity, type FirmId, type GroupId } from '../kernel/index.js';
import { changedFields, type ChangedFields } from './changed-fields.js';
import { directoryText } from './directory-text.js';

/** A named set of entities. Its members are kept beside it, because there may be many. */
export class Group extends Entity<Group> {
  /** Given by the database when the group is added. */
  readonly id!: GroupId;
  readonly firmId!: FirmId;
  readonly name!: string;
  readonly createdAt!: Date;
  /** When its name or its members last changed. */
  readonly modifiedAt!: Date;

  /** @throws InvalidField naming `name` */
  constructor(state: Pick<Data<Group>, 'firmId' | 'name' | 'createdAt'>) {
    super();
    Object.assign(this, { ...state, name: directoryText('name', state.name), modifiedAt: state.createdAt });
  }

  /** Answers what that changed. @throws InvalidField naming `name` */
  rename(raw: string, now: Date): ChangedFields {
    const name = directoryText('name', raw);
    const changed = changedFields<Pick<Group, 'name'>>(this, { name });
    if (name !== this.name) this.change({ name, modifiedAt: now });
    return changed;
  }

  /** To be told whenever a member was added or removed. */
  membersChanged(now: Date): void {
    this.change({ modifiedAt: now });
  }
}
