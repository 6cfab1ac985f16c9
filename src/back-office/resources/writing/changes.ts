import type { HistoryEntry } from '@portico/domain/history';
import { type ClientId, sameValue } from '@portico/domain/kernel';
import { columnOf, hasClient, type Resource } from '../declaration/resource.js';
import { ownerColumn, ownerOf } from '../reading/visibility.sql.js';
import type { ChildList, Plan } from './draft.js';

type Columns = Readonly<Record<string, unknown>>;
type Changed = Readonly<Record<string, unknown>>;

/** How many characters of a value the history keeps. */
const KEPT = 1000;

/** What became of a row and of the children that came with it; null when nothing did. */
export function entryOf(plan: Plan): HistoryEntry | null {
  const { draft, before, after } = plan;
  const changed = {
    ...(after && changedFields(draft.resource, before?.columns ?? null, after)),
    ...changedLists(plan),
  };
  if (before && Object.keys(changed).length === 0) return null;
  const columns = after ?? before?.columns ?? {};
  return entry(draft.resource, before ? 'updated' : 'created', { id: plan.id, columns }, changed);
}

/** That a row is gone, with what it held and the children that went with it; `shown` is how answers showed it. */
export function removalOf(resource: Resource, row: { id: string; columns: Columns }, shown: string): HistoryEntry {
  const rows = JSON.parse(shown) as Readonly<Record<string, readonly unknown[] | undefined>>;
  const lists = Object.keys(resource.children).flatMap((name) => {
    const removed = rows[name] ?? [];
    return removed.length > 0 ? [[name, { removed }] as const] : [];
  });
  const fields = changedFields(resource, row.columns, null);
  return entry(resource, 'deleted', row, { ...fields, ...Object.fromEntries(lists) });
}

/** A child is a part of its owner: what happens to it stands in the history of the owner. */
function entry(
  resource: Resource,
  what: 'created' | 'updated' | 'deleted',
  { id, columns }: { id: string; columns: Columns },
  changed: Changed,
): HistoryEntry {
  const owner = ownerOf(resource);
  const subject = owner
    ? { type: owner.subject, id: String(columns[ownerColumn(resource)]) }
    : { type: resource.subject, id };
  const client = hasClient(resource) ? columns['client_id'] : null;
  const clientId = typeof client === 'number' || typeof client === 'string' ? (`${client}` as ClientId) : null;
  const details = { ...(owner && { id }), ...changed };
  return { action: `${resource.subject}.${what}`, subject, clientId, details };
}

/** Whether what is to be written is there already, as far as can be told without the database. */
export function isAsItWas({ before, columns }: Plan): boolean {
  if (!before) return false;
  const compared = Object.entries(columns).filter(([column]) => column !== 'updated_by');
  return compared.every(([column, value]) => {
    const old = before.columns[column] ?? null;
    return sameValue(old, value) || (typeof old === 'number' && String(old) === value);
  });
}

/** Whether a row, or anything that came with it, has changed. */
export function hasChanged({ after, lists }: Plan): boolean {
  return after !== null || [...lists.values()].some(({ plans, gone }) => gone.length > 0 || plans.some(hasChanged));
}

/** By field, what it was and what it is. */
function changedFields(resource: Resource, before: Columns | null, after: Columns | null): Changed {
  const columns = Object.entries(resource.fields).map(([name, field]) => [name, columnOf(name, field)] as const);
  const changed = [['externalId', 'external_id'] as const, ...columns].flatMap(([name, column]) => {
    const [from, to] = [before?.[column] ?? null, after?.[column] ?? null];
    return sameValue(from, to) ? [] : [[name, { from: kept(from), to: kept(to) }] as const];
  });
  return Object.fromEntries(changed);
}

/** Long values are kept in part: the history is for people, and is never erased. */
function kept(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= KEPT
    ? value
    : `${Array.from(text.slice(0, KEPT + 1))
        .slice(0, -1)
        .join('')}…`;
}

function changedLists({ lists }: Plan): Changed {
  const changed = [...lists].flatMap(([name, list]) => {
    const parts = partsOf(list);
    return Object.keys(parts).length === 0 ? [] : [[name, parts] as const];
  });
  return Object.fromEntries(changed);
}

function partsOf({ resource, plans, gone }: ChildList): Changed {
  const told = plans.filter(hasChanged).map((plan) => ({
    isNew: plan.before === null,
    row: {
      id: plan.id,
      ...(plan.after && changedFields(resource, plan.before?.columns ?? null, plan.after)),
      ...changedLists(plan),
    },
  }));
  const rows = (isNew: boolean) => told.filter((one) => one.isNew === isNew).map(({ row }) => row);
  const parts = {
    added: rows(true),
    changed: rows(false),
    removed: gone.map((row) => ({ id: row.id, ...changedFields(resource, row.columns, null) })),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0));
}
