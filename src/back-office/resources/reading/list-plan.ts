import {
  type FieldKind,
  type ListField,
  type ListPlan,
  type ListRequest,
  parseList,
} from '../../../platform/http/back-office-list.js';
import type { Field } from '../declaration/field.js';
import { isReference, type Resource } from '../declaration/resource.js';
import { TARGETS } from '../declaration/targets.js';

/** What lists are sorted by when nothing is said. */
const CAME = 'createdAt';

const PLANS = new Map<string, ListPlan>();

/** By which fields the list of a resource is filtered and sorted. */
export function listPlan(resource: Resource): ListPlan {
  const known = PLANS.get(resource.name);
  if (known) return known;
  const { filters, sorts } = resource;
  const names = [...new Set([CAME, ...filters, ...sorts])];
  const plan = {
    fields: Object.fromEntries(names.map((name) => [name, kindOf(resource, name)])),
    defaultSort: CAME,
    unsorted: filters.filter((name) => !sorts.includes(name)),
  };
  PLANS.set(resource.name, plan);
  return plan;
}

/** The list that a query asks for. @throws DomainError `unknown_member`, `invalid_value` naming the parameter */
export function listRequest(resource: Resource, query: Readonly<Record<string, unknown>>): ListRequest {
  return parseList(query, listPlan(resource));
}

function kindOf(resource: Resource, name: string): ListField {
  if (name === CAME) return 'instant';
  if (name === 'externalId') return 'text';
  const field = resource.fields[name];
  if (field) return kindOfField(field);
  const derived = resource.derived[name];
  if (name === 'clientId') return 'id';
  return derived?.kind === 'money' ? 'number' : 'text';
}

const KINDS: Readonly<Partial<Record<Field['kind'], FieldKind>>> = {
  integer: 'integer',
  decimal: 'number',
  boolean: 'boolean',
  day: 'day',
  instant: 'instant',
};

function kindOfField(field: Field): ListField {
  if (field.kind === 'oneOf') return field.values;
  if (!isReference(field)) return KINDS[field.kind] ?? 'text';
  const targets = field.kind === 'reference' ? [field.to] : Object.values(field.to);
  if (targets.every((to) => TARGETS[to].isNumbered)) return 'id';
  return targets.some((to) => TARGETS[to].isNumbered) ? 'text' : 'uuid';
}
