import { checkedClient, type ClientRow, UpsertClients } from '@portico/domain/directory';
import { CLIENT_NAMES, clientIn, ClientRowBody } from '../../back-office/clients/back-office-clients.module.js';
import type { ImportKind } from './import-kind.js';

const namesParent = ({ parentId, parentExternalId }: ClientRow): boolean => (parentId ?? parentExternalId) != null;

/** A client that stands below another is taken after all that stand below none: no other can be above it. */
export const CLIENTS: ImportKind<ClientRowBody, ClientRow> = {
  what: 'clients',
  columns: {
    externalId: 'text',
    name: 'text',
    parentClientId: 'text',
    parentClientExternalId: 'text',
    deliveryManagerId: 'text',
    slaPolicyId: 'text',
    slaPolicyExternalId: 'text',
    dashboardEnabled: 'boolean',
    timeZone: 'text',
    currency: 'text',
    status: 'text',
    tier: 'text',
  },
  body: ClientRowBody,
  permissions: ['back_office'],
  useCase: UpsertClients,
  names: CLIENT_NAMES,
  otherColumns: { parentClientId: 'parentClientExternalId', slaPolicyId: 'slaPolicyExternalId' },
  turns: [(row) => !namesParent(row), namesParent],
  passing: new Set(['client_has_children', 'invalid_parent', 'unknown_client']),
  presentFields: `
    select c.external_id as "externalId", jsonb_build_object(
      'name', c.name, 'parentClientId', c.parent_id, 'parentClientExternalId', p.external_id,
      'deliveryManagerId', c.delivery_manager_id, 'slaPolicyId', c.sla_policy_id, 'slaPolicyExternalId', s.external_id,
      'dashboardEnabled', c.dashboard_enabled, 'timeZone', c.time_zone, 'currency', c.currency,
      'status', c.status, 'tier', c.tier) as fields
    from clients c left join clients p on p.firm_id = c.firm_id and p.id = c.parent_id
      left join sla_policies s on s.firm_id = c.firm_id and s.id = c.sla_policy_id
    where c.firm_id = ? and c.external_id in (select jsonb_array_elements_text(?::jsonb))`,
  rowOf: ({ externalId, parentClientExternalId, slaPolicyExternalId, ...body }) => ({
    ...clientIn(body),
    externalId,
    slaPolicyExternalId,
    parentExternalId: parentClientExternalId,
  }),
  check: checkedClient,
};
