import { type DeliveryId, DomainError } from '../kernel/index.js';

/** The refusals about mails. */
export const deliveryErrors = {
  notFound: (ids: readonly DeliveryId[]) =>
    new DomainError('not_found', 'deliveries_not_found', `There are no mails ${ids.join(', ')}`),
  notRetryable: (ids: readonly DeliveryId[]) =>
    new DomainError(
      'conflict',
      'deliveries_not_retryable',
      `Only mails that were refused or failed can be sent again, not ${ids.join(', ')}`,
    ),
};
