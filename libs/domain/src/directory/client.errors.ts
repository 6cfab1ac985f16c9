import { type ClientId, DomainError, InvalidField } from '../kernel/index.js';

/** The refusals of the use cases about clients. */
export const clientErrors = {
  notFound: (id: ClientId) => new DomainError('not_found', 'client_not_found', `There is no client ${id}`),
  externalIdTaken: () =>
    new DomainError('conflict', 'client_external_id_taken', 'Another client has this external id already'),
  unknownManager: () =>
    new InvalidField('deliveryManagerId', 'must be the id of a user of the firm', 'unknown_user', {
      kind: 'unknown_reference',
    }),
  /** `field` names a policy that the firm has not, or that is another client's. */
  unknownPolicy: (field: string) =>
    new InvalidField(field, 'must be an SLA policy of the client, or of everybody', 'unknown_reference', {
      kind: 'unknown_reference',
    }),
  parentNotTopmost: () =>
    new InvalidField(
      'parentId',
      'must be a client that has no client above it, and not the client itself',
      'invalid_parent',
    ),
  hasChildren: (id: ClientId) =>
    new DomainError('conflict', 'client_has_children', `Client ${id} has clients below it; move these first`),
};
