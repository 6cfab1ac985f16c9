import type { Actor } from '@portico/domain/kernel';
import { backOfficeErrors } from '../resource.errors.js';
import { columnOf, type Resource } from '../declaration/resource.js';
import type { Plan } from './draft.js';
import { type Faults, FLAWS } from './faults.js';
import type { ResourceStore } from './resource-store.js';

interface Wanted {
  readonly plan: Plan;
  /** The row as it would be. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/**
 * No two rows are alike in the fields that tell them apart, neither of those that come together nor of those that are
 * there; the constraints of the database decide what races with it.
 * @throws InvalidRequest, or DomainError `already_exists` when one row alone was asked for
 */
export async function requireDistinctRows(
  actor: Actor,
  plans: readonly Plan[],
  store: ResourceStore,
  faults: Faults,
  asked: 'one' | 'many',
): Promise<void> {
  for (const [resource, of] of Map.groupBy(plans, ({ draft }) => draft.resource))
    for (const fields of resource.unique) {
      const wanted = of.map((plan) => ({ plan, columns: { ...plan.before?.columns, ...plan.columns } }));
      const alike = [
        ...alikeAmong(resource, fields, wanted),
        ...(await alikeThere(actor, resource, fields, wanted, store)),
      ];
      const [first] = alike;
      if (first && asked === 'one' && first.owner === null)
        throw backOfficeErrors.alreadyExists(resource.singular, fields);
      for (const { draft } of new Set(alike)) faults.add([...draft.place, fields.at(-1) ?? ''], FLAWS.exists);
    }
  faults.throwIfAny();
}

function alikeAmong(resource: Resource, fields: readonly string[], wanted: readonly Wanted[]): Plan[] {
  const seen = new Set<string>();
  return wanted.flatMap(({ plan, columns }) => {
    const key = JSON.stringify(fields.map((name) => asText(columns[columnOf(name, resource.fields[name])])));
    if (seen.has(key)) return [plan];
    seen.add(key);
    return [];
  });
}

/** An id is a number of the row that is there, and text of a body. */
const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : (value ?? null));

/** Rows that this very call changes or removes give their place up. */
async function alikeThere(
  actor: Actor,
  resource: Resource,
  fields: readonly string[],
  wanted: readonly Wanted[],
  store: ResourceStore,
): Promise<Plan[]> {
  const gone = wanted.flatMap(({ plan }) =>
    [...(plan.owner?.lists.values() ?? [])].flatMap((list) => list.gone.map(({ id }) => id)),
  );
  const leaving = [...wanted.flatMap(({ plan }) => (plan.before ? [plan.id] : [])), ...gone];
  const rows = wanted.map(({ plan, columns }) => ({ id: plan.id, columns }));
  const places = await store.findAlike(actor, resource, fields, rows, [...new Set(leaving)]);
  return places.flatMap((place) => wanted[place]?.plan ?? []);
}
