import type { History } from '@portico/domain/history';
import type { Actor, ClientId } from '@portico/domain/kernel';
import type { Notifier } from '@portico/domain/notifications';
import type { OnboardingEvent, OnboardingTriggers } from '@portico/domain/onboarding';
import type { Resource } from '../declaration/resource.js';
import { entryOf, removalOf } from './changes.js';
import type { Plan, StoredRow } from './draft.js';
import type { ResourceStore } from './resource-store.js';
import { tellingsOf } from './tellings.js';

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
    const entries = roots.flatMap((plan) => entryOf(plan) ?? []);
    await this.history.recordAll(actor, entries);
    await this.notifier.raise(actor.firmId, await tellingsOf(this.store, actor, roots));
    await this.onboarding.happened(actor, roots.flatMap(reachedBy));
  }

  /** `shown` is how answers showed the row. */
  async removed(actor: Actor, resource: Resource, row: StoredRow, shown: string): Promise<void> {
    await this.history.record(actor, removalOf(resource, row, shown));
  }
}

/** A client has reached something when the row was written. */
function reachedBy({ draft, before, after }: Plan): OnboardingEvent[] {
  const { reaches } = draft.resource;
  if (!after || !reaches?.when(before?.columns ?? null, after)) return [];
  return [{ clientId: String(after['client_id']) as ClientId, trigger: reaches.trigger }];
}
