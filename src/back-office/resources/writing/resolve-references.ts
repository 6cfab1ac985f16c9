import type { Actor } from '@portico/domain/kernel';
import type { Field } from '../declaration/field.js';
import { columnOf, isNullable, type Resource } from '../declaration/resource.js';
import { type ReferenceTarget, TARGETS } from '../declaration/targets.js';
import { wordOf } from '../reading/visibility.sql.js';
import { ownedBy } from './apply.sql.js';
import type { Found, GivenReference, Plan } from './draft.js';
import { type Faults, FLAWS, unknownReference } from './faults.js';
import type { ResourceStore } from './resource-store.js';

type Target = Extract<Field, { kind: 'target' }>;

/** A reference whose table is known, and the row that holds it. */
interface Asked {
  readonly plan: Plan;
  readonly reference: GivenReference;
  readonly to: ReferenceTarget;
}

/** What a reference leads to: a row that is there, or one that the same call makes. */
interface Led extends Asked {
  readonly found: Found | Plan;
}

/**
 * Looks up what the rows refer to, one statement for each table; tells each row its client, and that everything it
 * refers to is of the same one. What is wrong goes to `faults`.
 */
export async function resolveReferences(
  actor: Actor,
  plans: readonly Plan[],
  store: ResourceStore,
  faults: Faults,
): Promise<void> {
  for (const plan of plans) settleTargets(plan, faults);
  const asked = plans.flatMap((plan) => askedBy(plan, faults));
  const lookup = await foundBy(actor, asked, plans, store);
  const led = asked.flatMap((one): Led[] => {
    const found = lookup(one);
    if (found) return [{ ...one, found }];
    faults.add(one.reference.place, unknownReference(wordOf(one.to), false));
    return [];
  });
  const byPlan = Map.groupBy(led, ({ plan }) => plan);
  for (const plan of plans) settleClient(actor, plan, byPlan.get(plan) ?? [], faults);
  for (const one of led) settle(one, faults);
}

/** The kind of thing that a reference leads to and the reference itself come and go together. */
function settleTargets({ draft, before, columns }: Plan, faults: Faults): void {
  const { resource, given, place, references } = draft;
  for (const [name, field] of Object.entries(resource.fields)) {
    if (field.kind !== 'target') continue;
    const [by, own] = [columnOf(field.by), columnOf(name, field)];
    const isNamed = references.some((reference) => reference.field === name);
    if (given.has(name) && !isNamed && columns[own] === null && !given.has(field.by)) columns[by] = null;
    const kind = by in columns ? columns[by] : before?.columns[by];
    if (kind === null || kind === undefined) {
      if (isNamed && !given.has(field.by)) faults.add([...place, field.by], FLAWS.missing);
      else if (by in columns && !isNamed) columns[own] = null;
    } else if (by in columns && kind !== before?.columns[by] && !given.has(name)) {
      if (field.to[kind as string] === 'clients') columns[own] = null;
      else faults.add([...place, name], FLAWS.missing);
    }
  }
}

function askedBy(plan: Plan, faults: Faults): Asked[] {
  const { draft, before, columns } = plan;
  return draft.references.flatMap((reference): Asked[] => {
    const field = draft.resource.fields[reference.field] as Field;
    if (field.kind === 'reference') return [{ plan, reference, to: field.to }];
    const { by, to } = field as Target;
    const kind = columnOf(by) in columns ? columns[columnOf(by)] : before?.columns[columnOf(by)];
    const table = to[String(kind)];
    if (table === undefined) return [];
    if (reference.by === 'external' || TARGETS[table].isNumbered === /^\d+$/.test(String(reference.value)))
      return [{ plan, reference, to: table }];
    faults.add(reference.place, unknownReference(wordOf(table), true));
    return [];
  });
}

async function foundBy(
  actor: Actor,
  asked: readonly Asked[],
  plans: readonly Plan[],
  store: ResourceStore,
): Promise<(one: Asked) => Found | Plan | undefined> {
  const found = new Map<string, Found>();
  for (const [to, of] of Map.groupBy(asked, (one) => one.to)) {
    const isOwner = of.some(({ plan, reference }) => reference.field === plan.draft.resource.owner);
    const keys = { ids: valuesOf(of, 'id'), externalIds: valuesOf(of, 'external') };
    for (const row of await store.find(actor, to, keys, isOwner)) {
      found.set(keyOf(to, 'id', row.id), row);
      if (row.external !== null) found.set(keyOf(to, 'external', row.external), row);
    }
  }
  const made = new Map(
    plans
      .filter(({ owner, before, draft }) => owner === null && before === null && draft.externalId !== null)
      .map((plan) => [keyOf(plan.draft.resource.table, 'external', plan.draft.externalId ?? ''), plan]),
  );
  return ({ to, reference: { by, value } }) => {
    const key = keyOf(to, by, value);
    return found.get(key) ?? made.get(key);
  };
}

const keyOf = (to: string, by: GivenReference['by'], value: string | number): string => `${to} ${by} ${value}`;
const valuesOf = (asked: readonly Asked[], by: GivenReference['by']): string[] => [
  ...new Set(asked.filter(({ reference }) => reference.by === by).map(({ reference }) => String(reference.value))),
];

/** The client of a row: its owner's, the one that is given, the one that it has, or that of what it refers to. */
function settleClient(actor: Actor, plan: Plan, led: readonly Led[], faults: Faults): void {
  const { draft, before, columns, owner } = plan;
  const { resource, given, place } = draft;
  if (resource.client === 'none') plan.clientId = null;
  else if (owner) plan.clientId = owner.clientId;
  else if (resource.client === 'ofOwner') {
    const own = led.find(({ reference }) => reference.field === resource.owner);
    plan.clientId = own ? own.found.clientId : before?.clientId;
    if (own) columns['client_id'] = own.found.clientId;
  } else {
    const named = led.find(({ reference }) => reference.field === 'clientId');
    if (named) plan.clientId = named.found.clientId;
    else if (given.has('clientId')) plan.clientId = columns['client_id'] === null ? null : undefined;
    else plan.clientId = before ? before.clientId : impliedClient(resource, led);
    if (plan.clientId !== undefined && (!before || given.has('clientId'))) columns['client_id'] = plan.clientId;
    const isHidden = plan.clientId === null && resource.client === 'private' && !actor.allDataAccess;
    if (isHidden || (plan.clientId === undefined && !given.has('clientId')))
      faults.add([...place, 'clientId'], FLAWS.missing);
  }
  if (owner) Object.assign(columns, ownedBy(resource, { id: owner.id, clientId: owner.clientId ?? null }));
}

/** Undefined: it must be said. */
function impliedClient(resource: Resource, led: readonly Led[]): string | null | undefined {
  const telling = led.find(({ plan, reference }) => isOfSameClient(plan, reference));
  if (telling?.found.clientId != null) return telling.found.clientId;
  return isNullable(resource, 'clientId') ? null : undefined;
}

function isOfSameClient({ draft }: Plan, { field }: GivenReference): boolean {
  const declared = draft.resource.fields[field];
  return declared?.kind === 'target' || (declared?.kind === 'reference' && declared.sameClient);
}

function settle({ plan, reference, to, found }: Led, faults: Faults): void {
  const { resource } = plan.draft;
  const isOwner = reference.field === resource.owner;
  const { shared = false }: { shared?: boolean } = TARGETS[to];
  const isWithin =
    isOwner || // its client is the owner's
    (found.clientId === null && shared) ||
    (!shared && !isOfSameClient(plan, reference)) ||
    plan.clientId === undefined || // there is another fault
    found.clientId === plan.clientId;
  if (isWithin) plan.columns[columnOf(reference.field, resource.fields[reference.field])] = found.id;
  else faults.add(reference.place, unknownReference(wordOf(to), true));
}
