import type { FirmId } from '../kernel/index.js';

/** The tenants. */
export abstract class FirmRepository {
  /** Adds a firm and answers its id. @throws DomainError `firm_id_taken` */
  abstract add(firm: { id: FirmId | null; name: string; createdAt: Date }): Promise<FirmId>;

  abstract exists(id: FirmId): Promise<boolean>;

  /** Whether there is any firm at all; holds off others who ask until the unit of work ends. */
  abstract isAny(): Promise<boolean>;
}
