import type { DeliveryId, FirmId } from '../kernel/index.js';
import type { Delivery } from './delivery.js';

/** The mails of firms, for what changes them; used inside a unit of work. */
export abstract class DeliveryRepository {
  /** Adds all of them in one statement. */
  abstract add(deliveries: readonly Delivery[]): Promise<void>;

  /** The delivery, locked against other changes until the unit of work ends. */
  abstract find(firmId: FirmId, id: DeliveryId): Promise<Delivery | null>;

  /** Those of `ids` that there are, of any firm, locked: for the operator alone. */
  abstract listLocked(ids: readonly DeliveryId[]): Promise<readonly Delivery[]>;

  /**
   * Those that were refused or failed before `before`, of the firm or with null of all; `most` of them, the first
   * settled first, locked: for the operator alone.
   */
  abstract undelivered(firmId: FirmId | null, before: Date, most: number): Promise<readonly Delivery[]>;
}
