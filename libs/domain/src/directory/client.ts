import {
  type ClientId,
  type Data,
  Entity,
  type EntityId,
  type FirmId,
  InvalidField,
  type SlaPolicyId,
  type UserId,
} from '../kernel/index.js';
import { changedFields, type ChangedFields } from './changed-fields.js';
import { clientErrors } from './client.errors.js';
import { checkedClient, type ClientProfile, type ClientStatus, DEFAULT_CLIENT } from './client-profile.js';

/** A new client has a name at least. */
export type NewClient = Pick<Data<Client>, 'firmId' | 'entityId' | 'createdAt'> &
  Pick<ClientProfile, 'name'> &
  Partial<ClientProfile>;

/** A company that the firm serves. Each has one entity of its own, so that its files are files of that entity. */
export class Client extends Entity<Client> implements ClientProfile {
  /** Given by the database when the client is added. */
  readonly id!: ClientId;
  readonly firmId!: FirmId;
  readonly name!: string;
  readonly externalId!: string | null;
  /** The company above it in its group; null for the topmost. */
  readonly parentId!: ClientId | null;
  readonly entityId!: EntityId;
  readonly deliveryManagerId!: UserId | null;
  readonly slaPolicyId!: SlaPolicyId | null;
  readonly dashboardEnabled!: boolean;
  readonly timeZone!: string;
  readonly currency!: string;
  readonly status!: ClientStatus;
  readonly tier!: string | null;
  readonly createdAt!: Date;
  readonly modifiedAt!: Date;
  /** When it was put away; null for one that is in use. */
  readonly archivedAt!: Date | null;
  readonly version!: number;

  /** @throws InvalidField naming the first field that holds what it must not */
  constructor({ firmId, entityId, createdAt, ...profile }: NewClient) {
    super();
    const life = { createdAt, modifiedAt: createdAt, archivedAt: null };
    Object.assign(this, { ...DEFAULT_CLIENT, ...checkedClient(profile), firmId, entityId, ...life });
  }

  /**
   * Takes over what is given, and answers what that changed.
   * @throws InvalidField naming the first field that holds what it must not
   */
  revise(given: Partial<ClientProfile>, now: Date): ChangedFields {
    const fields = checkedClient(given);
    const changed = changedFields<ClientProfile>(this, fields);
    if (Object.keys(changed).length > 0) this.change({ ...fields, modifiedAt: now });
    return changed;
  }

  /**
   * A group of companies is one parent and its children: who has children gets no parent, and who has a parent gets no
   * children. So there is no circle.
   * @throws InvalidField `invalid_parent`
   * @throws DomainError `client_has_children`
   */
  requireBelow(parent: Client, hasChildren: boolean): void {
    if (parent.id === this.id || parent.parentId !== null) throw clientErrors.parentNotTopmost();
    if (hasChildren) throw clientErrors.hasChildren(this.id);
  }

  /** Puts it away, or takes it out again; answers whether that changes anything. */
  archive(now: Date): boolean {
    if (this.archivedAt !== null) return false;
    this.change({ archivedAt: now, modifiedAt: now });
    return true;
  }

  restore(now: Date): boolean {
    if (this.archivedAt === null) return false;
    this.change({ archivedAt: null, modifiedAt: now });
    return true;
  }
}

/** `field` names a client that the firm has not, or that is not there for the actor: nobody can tell which. */
export function unknownClient(field: string): InvalidField {
  return new InvalidField(field, 'must be the id of a client of the firm', 'unknown_client', {
    kind: 'unknown_reference',
  });
}
