import { type Actor, type ClientId, type EntityId, InvalidIds } from '../kernel/index.js';
import type { DataAccess } from '../identity/index.js';
import { type Affiliations, lacking, together } from './affiliations.js';
import { unknownClient } from './client.js';
import type { Contact } from './contact.js';
import type { ContactRepository } from './contact-repository.js';

/**
 * The entity of the client that a contact is to get; null for none.
 * @throws InvalidField naming `clientId` when the firm has no such client, or its entity is not there for the actor
 */
export async function entityOfChosenClient(
  contacts: ContactRepository,
  access: DataAccess,
  actor: Actor,
  clientId: ClientId | null,
): Promise<EntityId | null> {
  if (clientId === null) return null;
  const entityId = await contacts.entityOfClient(actor.firmId, clientId);
  if (entityId === null || (await access.outOfReach(actor, 'entities', [entityId])).length > 0)
    throw unknownClient('clientId');
  return entityId;
}

/** The affiliations of a contact that leaves the client of one entity, or none, for the client of the other. */
export function withClient(all: Affiliations, left: EntityId | null, joined: EntityId | null): Affiliations {
  const staying = left === null || left === joined ? all.entityIds : lacking(all.entityIds, [left]);
  return { ...all, entityIds: together(staying, joined === null ? [] : [joined]) };
}

/**
 * Makes sure that a contact of a client stays affiliated with the client's entity.
 * @throws InvalidIds `client_affiliation_required` when `to` lacks it
 */
export async function requireClientAffiliation(
  contacts: ContactRepository,
  contact: Contact,
  to: Affiliations,
): Promise<void> {
  const { firmId, id, clientId } = contact;
  const entityId = clientId === null ? null : await contacts.entityOfClient(firmId, clientId);
  if (entityId === null || to.entityIds.includes(entityId)) return;
  throw new InvalidIds(
    'entities',
    [entityId],
    'client_affiliation_required',
    `Contact ${id} is a contact of client ${clientId} and stays affiliated with its entity ${entityId}`,
  );
}
