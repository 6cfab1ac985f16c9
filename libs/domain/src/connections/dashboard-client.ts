import type { PortalActor } from '../kernel/index.js';
import type { ConnectionClient, ConnectionClients } from './connection-clients.js';
import { connectionErrors } from './connection.errors.js';

/** The company for which the portal acts. @throws DomainError `dashboard_disabled` unless it has a dashboard */
export async function dashboardClient(
  clients: ConnectionClients,
  { firmId, companyId }: PortalActor,
): Promise<ConnectionClient> {
  const client = await clients.find(firmId, companyId);
  if (!client?.dashboardEnabled) throw connectionErrors.dashboardDisabled();
  return client;
}
