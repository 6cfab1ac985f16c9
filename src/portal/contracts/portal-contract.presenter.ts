import type { PortalContract, PortalContractSigner } from '@portico/domain/portal';
import { instant, instantOrNull } from '../../platform/http/json-api.js';
import type { PortalContractDto, PortalContractList, PortalContractSignerDto } from './portal-contract.dto.js';

/** Contracts as the Portal API shows them. */
export class PortalContractPresenter {
  list(contracts: readonly PortalContract[]): PortalContractList {
    return { contracts: contracts.map((contract) => this.contract(contract)) };
  }

  private contract(contract: PortalContract): PortalContractDto {
    return {
      id: contract.id,
      title: contract.title,
      contract_type: contract.contractType,
      status: contract.status,
      signers: contract.signers.map((signer) => this.signer(signer)),
      sent_at: instantOrNull(contract.sentAt),
      completed_at: instantOrNull(contract.completedAt),
      expires_at: instantOrNull(contract.expiresAt),
      document_url: contract.documentUrl,
      created_at: instant(contract.createdAt),
      updated_at: instant(contract.updatedAt),
    };
  }

  private signer(signer: PortalContractSigner): PortalContractSignerDto {
    return {
      id: signer.id,
      name: signer.name,
      email: signer.email,
      role_label: signer.roleLabel,
      status: signer.status,
      sign_order: signer.signOrder,
      viewed_at: instantOrNull(signer.viewedAt),
      signed_at: instantOrNull(signer.signedAt),
    };
  }
}
