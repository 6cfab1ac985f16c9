import type { Actor, Random } from '@portico/domain/kernel';
import { resourceNamed } from '../catalogue/index.js';
import type { Default } from '../declaration/field.js';
import { columnOf, type Resource } from '../declaration/resource.js';
import { ownerColumn } from '../reading/visibility.sql.js';
import type { ChildList, Draft, Plan, StoredRow } from './draft.js';
import { type Faults, FLAWS } from './faults.js';
import type { ResourceStore } from './resource-store.js';

/** What a row is made with that no body says. */
export interface Making {
  readonly actor: Actor;
  readonly now: Date;
  readonly random: Random;
}

/** The plan for a row: a new one when `before` is null. */
export function planOf(
  draft: Draft,
  before: StoredRow | null,
  { random }: Pick<Making, 'random'>,
  child: { owner: Plan; isWhole: boolean } | null = null,
): Plan {
  return {
    draft,
    before,
    id: before?.id ?? random.uuid(),
    owner: child?.owner ?? null,
    isWhole: child?.isWhole ?? false,
    clientId: undefined,
    columns: {},
    after: null,
    lists: new Map(),
  };
}

/** Every plan, owners before what they own. */
export function allOf(plans: readonly Plan[]): Plan[] {
  return plans.flatMap((plan) => [plan, ...[...plan.lists.values()].flatMap((list) => allOf(list.plans))]);
}

/** Plans the children that bodies carry, kind by kind: one statement for each kind on each level. */
export async function planChildren(
  plans: readonly Plan[],
  store: ResourceStore,
  making: Making,
  faults: Faults,
): Promise<void> {
  const [first] = plans;
  if (!first) return;
  for (const [name, of] of Object.entries(first.draft.resource.children)) {
    const owners = plans.filter(({ draft }) => draft.children.has(name));
    if (owners.length === 0) continue;
    const child = resourceNamed(of);
    const there = new ChildrenThere(child, await childrenThere(owners, child, name, store, making.actor));
    const planned = owners.flatMap((owner) => {
      const list = listOf(owner, child, name, there, making, faults);
      owner.lists.set(name, list);
      return list.plans;
    });
    await planChildren(planned, store, making, faults);
  }
}

function childrenThere(
  owners: readonly Plan[],
  child: Resource,
  name: string,
  store: ResourceStore,
  actor: Actor,
): Promise<StoredRow[]> {
  const old = owners.filter(({ before }) => before !== null).map(({ id }) => id);
  const externalIds = owners.flatMap(({ draft }) =>
    (draft.children.get(name) ?? []).flatMap(({ externalId }) => (externalId === null ? [] : [externalId])),
  );
  if (old.length === 0 && externalIds.length === 0) return Promise.resolve([]);
  return store.lockChildren(actor, child, old, { externalIds });
}

/** Children that are there, found by their owner and by their name. */
class ChildrenThere {
  private readonly byOwner: ReadonlyMap<unknown, StoredRow[]>;
  private readonly byName: ReadonlyMap<string | null, StoredRow>;

  constructor(resource: Resource, rows: readonly StoredRow[]) {
    const column = ownerColumn(resource);
    this.byOwner = Map.groupBy(rows, ({ columns }) => columns[column]);
    this.byName = new Map(rows.map((row) => [row.externalId, row]));
  }

  of(owner: Plan): readonly StoredRow[] {
    return this.byOwner.get(owner.id) ?? [];
  }

  named(externalId: string): StoredRow | undefined {
    return this.byName.get(externalId);
  }
}

/** Children are the ones that they name; those that name none are, in their order, those that have no name. */
function listOf(
  owner: Plan,
  resource: Resource,
  name: string,
  there: ChildrenThere,
  making: Making,
  faults: Faults,
): ChildList {
  const own = there.of(owner);
  const drafts = owner.draft.children.get(name) ?? [];
  const named = new Map(drafts.map((draft) => [draft, own.find((row) => isNamed(draft, row))]));
  const taken = new Set([...named.values()]);
  const unnamed = own.filter((row) => row.externalId === null && !taken.has(row)).sort(byPosition);
  const plans = drafts.map((draft) => {
    const known = named.get(draft);
    if (draft.id !== null && !known) faults.add([...draft.place, 'id'], FLAWS_OF_ID);
    const namesake = draft.externalId === null ? undefined : there.named(draft.externalId);
    if (namesake && namesake !== known) faults.add([...draft.place, 'externalId'], FLAWS.taken);
    const isWhole = !known && draft.externalId === null && draft.id === null;
    const before = known ?? (isWhole ? unnamed.shift() : undefined) ?? null;
    if (before) taken.add(before);
    return planOf(draft, before, making, { owner, isWhole });
  });
  return { resource, plans, gone: own.filter((row) => !taken.has(row)) };
}

const FLAWS_OF_ID = {
  message: 'names no row of this list',
  reason: { kind: 'unknown_reference' },
  code: 'unknown_reference',
} as const;

const isNamed = ({ id, externalId }: Draft, row: StoredRow): boolean =>
  id === null ? externalId !== null && row.externalId === externalId : row.id === id;

const positionOf = ({ columns }: StoredRow): number => Number(columns['position'] ?? 0);
const byPosition = (one: StoredRow, other: StoredRow): number =>
  positionOf(one) - positionOf(other) || (one.id < other.id ? -1 : 1);

/** Writes into `plan` what its body says, and what it leaves to defaults. References and the client come later. */
export function fillColumns(plan: Plan, making: Making, faults: Faults): void {
  const { draft, before, isWhole, columns } = plan;
  const { resource, given, values, place } = draft;
  for (const [name, field] of Object.entries(resource.fields)) {
    const column = columnOf(name, field);
    if (values.has(name)) columns[column] = values.get(name);
    else if (given.has(name)) continue;
    else if (before && !isWhole) continue;
    else if (field.default !== undefined) columns[column] = defaultOf(field.default, making);
    else if (!field.required) columns[column] = null;
    else if (plan.owner === null || name !== resource.owner) faults.add([...place, name], FLAWS.missing);
  }
  if (given.has('externalId')) columns['external_id'] = draft.externalId;
  if (plan.owner && Object.hasOwn(resource.fields, 'position') && !given.has('position'))
    columns['position'] = place.at(-1);
  if (resource.isAuthored) {
    if (!before) columns['created_by'] = making.actor.userId;
    columns['updated_by'] = making.actor.userId;
  }
}

function defaultOf(given: Default, { actor, now }: Making): unknown {
  if (typeof given !== 'object' || !('from' in given)) return given;
  if (given.from === 'actor') return actor.userId;
  return given.from === 'now' ? now.toISOString() : now.toISOString().slice(0, 10);
}
