import type { History, HistoryEntry } from '../history/index.js';
import type { Author, Clock, Random } from '../kernel/index.js';
import type { NewNotification, Notifier } from '../notifications/index.js';
import type { DueMilestone, OnboardingProgress } from './onboarding-progress.js';
import { type OnboardingEvent, OnboardingTriggers } from './onboarding-triggers.js';

type Completed = DueMilestone & { readonly id: string };

/** Completes the milestones that wait for something, and tells the client. */
export class CompleteMilestones extends OnboardingTriggers {
  constructor(
    private readonly progress: OnboardingProgress,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {
    super();
  }

  async happened(author: Author, events: readonly OnboardingEvent[]): Promise<void> {
    if (events.length === 0) return;
    const due = await this.progress.due(author.firmId, events);
    if (due.length === 0) return;
    const found = due.map((one) => ({ ...one, id: one.progressId ?? this.random.uuid() }));
    const written = await this.progress.complete(author.firmId, found, this.clock.now());
    const completed = found.filter(({ id }) => written.has(id));
    await this.history.recordAll(author, completed.map(entryOf));
    await this.notifier.raise(
      author.firmId,
      completed.map((one) => notificationOf(one, author)),
    );
  }
}

/** As it would be of a progress that staff have written. */
function entryOf({ id, progressId, clientId, milestoneId }: Completed): HistoryEntry {
  const isNew = progressId === null;
  const details = {
    ...(isNew && { clientId: { from: null, to: clientId }, milestoneId: { from: null, to: milestoneId } }),
    completed: { from: isNew ? null : false, to: true },
    source: { from: isNew ? null : 'manual', to: 'auto' },
  };
  const action = `onboarding_progress.${isNew ? 'created' : 'updated'}`;
  return { action, subject: { type: 'onboarding_progress', id }, clientId, details };
}

function notificationOf({ clientId, milestoneId, title }: Completed, { userId, contactId }: Author): NewNotification {
  return {
    type: 'milestone_reached',
    to: { kind: 'clients', ids: [clientId] },
    clientId,
    resource: { type: 'onboarding_milestone', id: milestoneId },
    names: { title },
    by: userId ? { userId } : contactId ? { contactId } : null,
  };
}
