import type { Actor, ClientId, ContactId } from '@portico/domain/kernel';
import type { ContactAudience, NewNotification } from '@portico/domain/notifications';
import type { Resource } from '../declaration/resource.js';
import type { Telling } from '../declaration/telling.js';
import type { Plan } from './draft.js';
import type { ResourceStore } from './resource-store.js';
import type { LookedUp } from './look-up.sql.js';

type Columns = Readonly<Record<string, unknown>>;

/** How much of a text is told. */
const LONGEST = 300;

/** What clients are told of rows that were written, in their order; one statement at most for each resource. */
export async function tellingsOf(
  store: ResourceStore,
  actor: Actor,
  roots: readonly Plan[],
): Promise<NewNotification[]> {
  const byResource = Map.groupBy(roots.flatMap(toldIn), ({ draft }) => draft.resource);
  const told = [...byResource].map(([resource, plans]) => toldOf(store, actor, resource, plans));
  return (await Promise.all(told)).flat();
}

/** What is told of a row says enough of its parts. */
function toldIn(plan: Plan): Plan[] {
  const { draft, before, after, lists } = plan;
  if (after && draft.resource.tells?.when(before?.columns ?? null, after)) return [plan];
  return [...lists.values()].flatMap(({ plans }) => plans.flatMap(toldIn));
}

async function toldOf(
  store: ResourceStore,
  actor: Actor,
  resource: Resource,
  plans: readonly Plan[],
): Promise<NewNotification[]> {
  const { tells } = resource;
  if (!tells) return [];
  const found = tells.lookUp && (await store.lookUp(actor, resource, tells.lookUp, plans.map(({ id }) => id))); // prettier-ignore
  const byId = found && new Map(found.map((row) => [row.id, row]));
  return plans.flatMap(({ id, after }) => {
    const row = byId?.get(id) ?? null;
    if (!after || (byId && !row)) return [];
    const { type, about } = tells;
    const clientId = textOf(after['client_id']) as ClientId | null;
    const named = about ? { type: about.type, id: String(after[about.column]) } : { type: resource.subject, id };
    const names = { ...tells.names?.(after), ...row?.names };
    const to = audienceOf(tells, after, row);
    return [{ type, to, clientId, resource: named, names: shortened(names), by: { userId: actor.userId } }];
  });
}

function audienceOf({ to }: Telling, after: Columns, row: LookedUp | null): ContactAudience {
  if (row?.contactIds) return { kind: 'contacts', ids: row.contactIds as ContactId[] };
  if (to === 'firm') return { kind: 'firm' };
  const id = textOf(after[to === 'client' ? 'client_id' : to.column]);
  if (id === null) return { kind: 'contacts', ids: [] };
  return to === 'client' ? { kind: 'clients', ids: [id as ClientId] } : { kind: 'contacts', ids: [id as ContactId] };
}

/** What has no name is not named. */
function shortened(names: Columns): Readonly<Record<string, string>> {
  const texts = Object.entries(names).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === null ? [] : [[name, text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text] as const];
  });
  return Object.fromEntries(texts);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
