import { type ConnectionId, DomainError } from '../kernel/index.js';
import { type Platform, PLATFORM_NAMES } from './platform.js';

/** The refusals about connections. */
export const connectionErrors = {
  notFound: (id: ConnectionId) => new DomainError('not_found', 'connection_not_found', `There is no connection ${id}`),
  dashboardDisabled: () =>
    new DomainError('forbidden', 'dashboard_disabled', 'The dashboard of this company is not enabled'),
  managedByAgency: () =>
    new DomainError(
      'forbidden',
      'connection_managed_by_agency',
      'The agency manages this connection; ask the agency to end it',
    ),
  alreadyConnected: (platform: Platform) =>
    new DomainError(
      'conflict',
      'platform_already_connected',
      `This account of ${PLATFORM_NAMES[platform]} is connected already`,
    ),
  /** `reason` holds no secret. */
  testFailed: (platform: Platform, reason: string) =>
    new DomainError(
      'invalid',
      'connection_test_failed',
      `The connection to ${PLATFORM_NAMES[platform]} could not be made: ${reason}`,
    ),
};
