import type { ClientId, FirmId } from '../../kernel/index.js';

/** The platforms to which a client is connected now. */
export abstract class ConnectedPlatforms {
  /** Their keys, such as `google_ads`, each once and in their order. */
  abstract of(firmId: FirmId, companyId: ClientId): Promise<readonly string[]>;
}
