import { resourceNamed } from '../catalogue/index.js';
import type { Derived, Field } from '../declaration/field.js';
import { hasClient, isNullable, type Resource } from '../declaration/resource.js';
import { TARGETS } from '../declaration/targets.js';

type Example = Readonly<Record<string, unknown>>;

/** An id of a resource in examples. */
export const EXAMPLE_ID = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const [CLIENT, USER, CONTACT] = [500, 7, 20];
const NUMBERED: Readonly<Record<string, number>> = { clients: CLIENT, users: USER, contacts: CONTACT };
const NOW = '2026-03-01T12:00:00Z';

/** What a body with which a row is made looks like. */
export function bodyExample(resource: Resource, isChild = false): Example {
  const { fields, owner, children, name } = resource;
  const given = Object.entries(fields).filter(
    ([field, declared]) => !(isChild && field === owner) && isShownInBody(resource, field, declared),
  );
  return {
    externalId: `crm-${name}-1`,
    ...Object.fromEntries(given.map(([field, declared]) => [field, valueExample(declared)])),
    ...Object.fromEntries(Object.entries(children).map(([list, of]) => [list, [bodyExample(resourceNamed(of), true)]])),
  };
}

/** What an answer looks like; of one alone with its children. */
export function answerExample(resource: Resource, withChildren: boolean): Example {
  const { fields, derived, children } = resource;
  const isUnasked = hasClient(resource) && !Object.hasOwn(fields, 'clientId');
  return {
    id: EXAMPLE_ID,
    externalId: `crm-${resource.name}-1`,
    ...(isUnasked && { clientId: CLIENT }),
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, shownExample(resource, name, field)])),
    ...Object.fromEntries(Object.entries(derived).map(([name, { example }]: [string, Derived]) => [name, example])),
    createdAt: NOW,
    updatedAt: NOW,
    ...(withChildren &&
      Object.fromEntries(
        Object.entries(children).map(([list, of]) => [list, [answerExample(resourceNamed(of), true)]]),
      )),
  };
}

/** Optional references are left out: what they name would have to be there. */
function isShownInBody(resource: Resource, name: string, field: Field): boolean {
  if (name === 'clientId') return resource.client === 'own';
  if (field.required) return true;
  return field.kind !== 'reference' && field.kind !== 'target' && field.example !== undefined;
}

function shownExample(resource: Resource, name: string, field: Field): unknown {
  const isAbsent = isNullable(resource, name) && field.example === undefined;
  return isAbsent ? null : valueExample(field);
}

/** A value of a field. */
export function valueExample(field: Field): unknown {
  const given = typeof field.default === 'object' && 'from' in field.default ? undefined : field.default;
  return field.example ?? given ?? plainExample(field);
}

function plainExample(field: Field): unknown {
  switch (field.kind) {
    case 'oneOf':
      return field.values[0];
    case 'integer':
    case 'decimal':
      return Math.max(1, field.least);
    case 'boolean':
      return false;
    case 'day':
      return NOW.slice(0, 10);
    case 'instant':
      return NOW;
    case 'currency':
      return 'EUR';
    case 'texts':
      return [];
    case 'integers':
      return [field.least];
    case 'timeOfDay':
      return '09:00';
    case 'timeZone':
      return 'Europe/Berlin';
    case 'json':
      return {};
    case 'reference':
      return TARGETS[field.to].isNumbered ? NUMBERED[field.to] : EXAMPLE_ID;
    case 'target':
      return Object.values(field.to).some((to) => TARGETS[to].isNumbered) ? String(CLIENT) : EXAMPLE_ID;
    default:
      return 'text';
  }
}
