import type { ClientId, FirmId, SlaPolicyId } from '../kernel/index.js';
import { clientErrors } from './client.errors.js';
import type { ClientRepository, PolicyOfClients } from './client-repository.js';

/** How what is said of a client names its SLA policy; by nothing, null for none. */
export interface NamesPolicy {
  readonly slaPolicyId?: SlaPolicyId | null;
  /** Instead: what the other system calls it. */
  readonly slaPolicyExternalId?: string | null;
}

/** The SLA policies that clients are to have. */
export class ClientPolicies {
  private constructor(private readonly found: readonly PolicyOfClients[]) {}

  /** Those that are named, with one statement at most. */
  static async among(
    clients: ClientRepository,
    firmId: FirmId,
    named: readonly NamesPolicy[],
  ): Promise<ClientPolicies> {
    const ids = named.flatMap(({ slaPolicyId }) => slaPolicyId ?? []);
    const externalIds = named.flatMap(({ slaPolicyExternalId }) => slaPolicyExternalId ?? []);
    if (ids.length + externalIds.length === 0) return new ClientPolicies([]);
    return new ClientPolicies(await clients.policiesAmong(firmId, { ids, externalIds }));
  }

  /**
   * The policy for a client, which is its own or everybody's; null for none, undefined when nothing is said. A client
   * that is yet to be made has no id.
   * @throws InvalidField `unknown_reference`
   */
  of({ slaPolicyId, slaPolicyExternalId }: NamesPolicy, clientId: ClientId | null): SlaPolicyId | null | undefined {
    const [field, name] =
      slaPolicyExternalId === undefined ? ['slaPolicyId', slaPolicyId] : ['slaPolicyExternalId', slaPolicyExternalId];
    if (name === null || name === undefined) return name;
    const policy = this.found.find(({ id, externalId }) => (field === 'slaPolicyId' ? id : externalId) === name);
    if (!policy || (policy.clientId !== null && policy.clientId !== clientId)) throw clientErrors.unknownPolicy(field);
    return policy.id;
  }
}
