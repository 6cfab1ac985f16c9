import type { Author, ClientId, FirmId } from '@portico/domain/kernel';
import {
  type DueMilestone,
  type OnboardingEvent,
  OnboardingProgress,
  type OnboardingTrigger,
  OnboardingTriggers,
} from '@portico/domain/onboarding';
import type { Reversible } from './in-memory-unit-of-work.js';

/** Keeps what it was told. */
export class RecordedTriggers extends OnboardingTriggers {
  readonly events: (OnboardingEvent & { readonly author: Author })[] = [];

  happened(author: Author, events: readonly OnboardingEvent[]): Promise<void> {
    this.events.push(...events.map((event) => ({ ...event, author })));
    return Promise.resolve();
  }
}

/** A milestone of a client that waits for something. */
export interface WaitingMilestone extends DueMilestone {
  readonly firmId: FirmId;
  readonly trigger: OnboardingTrigger;
}

/** The milestones that it was given, until they are completed. */
export class InMemoryOnboardingProgress extends OnboardingProgress implements Reversible {
  waiting: readonly WaitingMilestone[] = [];
  readonly completed: { readonly id: string; readonly milestoneId: string; readonly at: Date }[] = [];

  due(firmId: FirmId, events: readonly OnboardingEvent[]): Promise<readonly DueMilestone[]> {
    const isMet = ({ firmId: of, clientId, trigger }: WaitingMilestone) =>
      of === firmId && events.some((event) => event.clientId === clientId && event.trigger === trigger);
    return Promise.resolve(this.waiting.filter(isMet).map(({ firmId: _firm, trigger: _trigger, ...due }) => due));
  }

  complete(
    firmId: FirmId,
    completed: readonly (DueMilestone & { readonly id: string })[],
    at: Date,
  ): Promise<ReadonlySet<string>> {
    const written = completed.filter(({ clientId, milestoneId }) => this.take(firmId, clientId, milestoneId));
    this.completed.push(...written.map(({ id, milestoneId }) => ({ id, milestoneId, at })));
    return Promise.resolve(new Set(written.map(({ id }) => id)));
  }

  snapshot(): () => void {
    const [{ waiting }, { length }] = [this, this.completed];
    return () => {
      this.waiting = waiting;
      this.completed.splice(length);
    };
  }

  private take(firmId: FirmId, clientId: ClientId, milestoneId: string): boolean {
    const rest = this.waiting.filter(
      (one) => one.firmId !== firmId || one.clientId !== clientId || one.milestoneId !== milestoneId,
    );
    const isTaken = rest.length < this.waiting.length;
    this.waiting = rest;
    return isTaken;
  }
}
