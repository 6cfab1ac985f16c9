import type { EntityId, FirmId, UserId } from '../kernel/index.js';
import type { FirmEntity } from './entity.js';

/**
 * The entities of a firm, for what changes them; used inside a unit of work.
 *
 * Whoever locks several things of the directory locks users first, then entities, groups, and contacts last, each kind
 * in ascending order: so two units of work never wait for each other. To refer to an entity or group is to lock it too
 * (DataAccess), and before its dependents lose anything they are locked (Dependents).
 */
export abstract class EntityRepository {
  /** Adds `entities` and gives them their ids. @throws DomainError `external_id_taken` */
  abstract add(...entities: readonly FirmEntity[]): Promise<void>;

  /** The entity, locked against other changes and against new references to it until the unit of work ends. */
  abstract find(firmId: FirmId, id: EntityId): Promise<FirmEntity | null>;

  /** Makes sure that the external id which `entity` has come to bear is its alone. @throws DomainError `external_id_taken` */
  abstract claimExternalId(entity: FirmEntity): Promise<void>;

  /** Permits the entity to a user of the firm; doing it again is no error. */
  abstract permit(firmId: FirmId, id: EntityId, userId: UserId): Promise<void>;

  /** The same for many at once. */
  abstract permitAll(firmId: FirmId, ids: readonly EntityId[], userId: UserId): Promise<void>;

  /** How many files and folders, archived ones too, are associated with the entity. */
  abstract countFiles(firmId: FirmId, id: EntityId): Promise<number>;

  /** Removes `entity`, and with it to whom it is permitted and affiliated. @throws DomainError `entity_in_use` */
  abstract remove(entity: FirmEntity): Promise<void>;
}
