import type { History } from '@portico/domain/history';
import type { Actor, ClientId, ContactId } from '@portico/domain/kernel';
import type { ContactAudience, NewNotification, Notifier } from '@portico/domain/notifications';
import type { OnboardingEvent, OnboardingTriggers } from '@portico/domain/onboarding';
import type { Resource } from '../declaration/resource.js';
import type { Telling } from '../declaration/telling.js';
import { entryOf, removalOf } from './changes.js';
import type { Plan, StoredRow } from './draft.js';
import type { ResourceStore } from './resource-store.js';
import type { ToldRow } from './told.sql.js';

/** What follows from rows that were written: the history keeps it, clients are told what concerns them, and milestones are reached. */
export class WriteRecord {
  constructor(
    private readonly store: ResourceStore,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly onboarding: OnboardingTriggers,
  ) {}

  /** The number of statements does not depend on the number of rows. */
  async written(actor: Actor, roots: readonly Plan[]): Promise<void> {
    await this.history.recordAll(
      actor,
      roots.flatMap((plan) => entryOf(plan) ?? []),
    );
    const told = Map.groupBy(roots.flatMap(toldIn), ({ draft }) => draft.resource);
    const notifications: NewNotification[] = [];
    for (const [resource, plans] of told) notifications.push(...(await this.notificationsOf(actor, resource, plans)));
    await this.notifier.raise(actor.firmId, notifications);
    await this.onboarding.happened(actor, roots.flatMap(reachedBy));
  }

  /** `shown` is how answers showed the row. */
  async removed(actor: Actor, resource: Resource, row: StoredRow, shown: string): Promise<void> {
    await this.history.record(actor, removalOf(resource, row, shown));
  }

  private async notificationsOf(actor: Actor, resource: Resource, plans: readonly Plan[]): Promise<NewNotification[]> {
    const { tells } = resource;
    if (!tells) return [];
    const rows = await this.store.told(actor, resource, tells, plans.map(({ id }) => id)); // prettier-ignore
    return rows.map((row) => ({
      type: tells.type,
      to: audienceOf(tells, row),
      clientId: row.clientId as ClientId | null,
      resource: { type: tells.about?.type ?? resource.subject, id: row.resourceId },
      names: row.names,
      by: { userId: actor.userId },
    }));
  }
}

/** What is told of a row says enough of its parts. */
function toldIn(plan: Plan): Plan[] {
  const { draft, before, after, lists } = plan;
  if (after && draft.resource.tells?.when(before?.columns ?? null, after)) return [plan];
  return [...lists.values()].flatMap(({ plans }) => plans.flatMap(toldIn));
}

/** A client has reached something when the row was written. */
function reachedBy({ draft, before, after }: Plan): OnboardingEvent[] {
  const { reaches } = draft.resource;
  if (!after || !reaches?.when(before?.columns ?? null, after)) return [];
  return [{ clientId: String(after['client_id']) as ClientId, trigger: reaches.trigger }];
}

function audienceOf({ to }: Telling, { clientId, contactIds }: ToldRow): ContactAudience {
  if (to === 'firm') return { kind: 'firm' };
  if (to === 'client') return { kind: 'clients', ids: clientId === null ? [] : [clientId as ClientId] };
  return { kind: 'contacts', ids: (contactIds ?? []) as ContactId[] };
}
