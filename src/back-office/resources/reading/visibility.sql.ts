import { permittedEntities } from '../../../platform/database/permitted.sql.js';
import { RESOURCES } from '../catalogue/index.js';
import { type Belonging, columnOf, isReference, type Resource } from '../declaration/resource.js';
import { type ReferenceTarget, TARGETS } from '../declaration/targets.js';

const BY_TABLE = new Map(RESOURCES.map((resource) => [resource.table, resource]));

/** The clients whose entity is permitted to a user; `user` is the SQL of the user's id. */
const permittedClients = (user: string) =>
  `(select c.id from clients c where c.entity_id in ${permittedEntities(user)})`;

/** Whether a user without all data access sees the row `t`; a row that is owned is seen with its owner. */
export function isVisible(resource: Resource, user: string): string {
  return visible(belongingOf(resource), user);
}

/** Whether everybody who may use the Back Office sees all of its rows. */
export const isEverybodys = (resource: Resource): boolean => belongingOf(resource) === 'none';

/** The same as `isVisible` of what a reference leads to. */
export function isVisibleTarget(to: ReferenceTarget, user: string): string {
  if (to === 'users') return 'true';
  if (to === 'clients') return `t.id in ${permittedClients(user)}`;
  const resource = BY_TABLE.get(to);
  return resource ? isVisible(resource, user) : `t.client_id in ${permittedClients(user)}`;
}

function visible(belonging: Belonging, user: string): string {
  if (belonging === 'none') return 'true';
  const ofPermitted = `t.client_id in ${permittedClients(user)}`;
  return belonging === 'optional' ? `(t.client_id is null or ${ofPermitted})` : ofPermitted;
}

function belongingOf(resource: Resource): Belonging {
  const owner = ownerOf(resource);
  return resource.client === 'ofOwner' && owner ? belongingOf(owner) : resource.client;
}

/** The resource of which the rows of this one are parts; null when they stand alone. */
export function ownerOf(resource: Resource): Resource | null {
  const field = resource.owner === undefined ? undefined : resource.fields[resource.owner];
  if (!isReference(field) || field.kind !== 'reference') return null;
  return BY_TABLE.get(field.to) ?? null;
}

/** The column that leads to the owner. */
export const ownerColumn = (resource: Resource): string => columnOf(resource.owner ?? '');

export const wordOf = (to: ReferenceTarget): string => TARGETS[to].word;
