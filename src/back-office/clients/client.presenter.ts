import { CLIENT_STATUSES, type ClientField, type ClientListItem, type ClientProfile } from '@portico/domain/directory';
import type { ClientId, SlaPolicyId, UserId } from '@portico/domain/kernel';
import type { ListPlan } from '../../platform/http/back-office-list.js';
import type { FieldNames } from '../../platform/http/back-office-body.js';
import { instant } from '../../platform/http/json-api.js';
import type { ChangedClientBody } from './client-body.dto.js';
import type { ClientDto } from './client.dto.js';

/** By what clients are filtered and sorted. */
export const CLIENT_LIST: ListPlan<ClientField> = {
  fields: {
    id: 'id',
    name: 'text',
    externalId: 'text',
    parentClientId: 'id',
    entityId: 'id',
    deliveryManagerId: 'id',
    slaPolicyId: 'uuid',
    dashboardEnabled: 'boolean',
    timeZone: 'text',
    currency: 'text',
    status: CLIENT_STATUSES,
    tier: 'text',
    createdAt: 'instant',
    updatedAt: 'instant',
    archivedAt: 'instant',
    archived: 'boolean',
  },
  defaultSort: 'id',
  unsorted: ['archived', 'slaPolicyId'],
};

/** What the body of a client calls what its rules are about. */
export const CLIENT_NAMES: FieldNames = {
  fields: { parentId: 'parentClientId', parentExternalId: 'parentClientExternalId' },
  codes: { client_external_id_taken: 'externalId', client_has_children: 'parentClientId' },
};

/** A client as the Back Office shows it. */
export function clientDto(client: ClientListItem): ClientDto {
  const { parentId, deliveryManagerId, archivedAt } = client;
  return {
    id: Number(client.id),
    name: client.name,
    externalId: client.externalId,
    parentClientId: parentId === null ? null : Number(parentId),
    entityId: Number(client.entityId),
    deliveryManagerId: deliveryManagerId === null ? null : Number(deliveryManagerId),
    slaPolicyId: client.slaPolicyId,
    dashboardEnabled: client.dashboardEnabled,
    timeZone: client.timeZone,
    currency: client.currency,
    status: client.status,
    tier: client.tier,
    createdAt: instant(client.createdAt),
    updatedAt: instant(client.modifiedAt),
    archivedAt: archivedAt === null ? null : instant(archivedAt),
  };
}

/** What a body says of a client, as the use cases take it; what is not given is undefined. */
export function clientIn(body: ChangedClientBody): Partial<ClientProfile> {
  return {
    name: body.name,
    externalId: body.externalId,
    parentId: body.parentClientId as ClientId | null | undefined,
    deliveryManagerId: body.deliveryManagerId as UserId | null | undefined,
    slaPolicyId: body.slaPolicyId as SlaPolicyId | null | undefined,
    dashboardEnabled: body.dashboardEnabled,
    timeZone: body.timeZone,
    currency: body.currency,
    status: body.status,
    tier: body.tier,
  };
}
