import type { ClientId, FirmId } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';

/** A contract as its signers see it: never a draft. */
export interface PortalContract {
  readonly id: string;
  readonly title: string;
  readonly contractType: string;
  readonly status: 'pending' | 'completed' | 'declined' | 'voided';
  /** In the order in which they are to sign. */
  readonly signers: readonly PortalContractSigner[];
  readonly sentAt: Date | null;
  readonly completedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly documentUrl: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PortalContractSigner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roleLabel: string | null;
  readonly status: 'pending' | 'viewed' | 'signed' | 'declined';
  readonly signOrder: number;
  readonly viewedAt: Date | null;
  readonly signedAt: Date | null;
}

/**
 * Reads about the contracts that companies sign: those of which a signer has an address of one of their contacts, in
 * whatever case, be it the one with which the contact signs in or another one. An address that a contact of the
 * contract's own company has is that contact's, whoever else has it too.
 */
export abstract class PortalContractQueries {
  /** The newest first. One statement. */
  abstract list(
    firmId: FirmId,
    companyIds: readonly ClientId[],
    window: ListWindow,
  ): Promise<readonly PortalContract[]>;
}
