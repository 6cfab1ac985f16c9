import type { ClientId, FirmId } from '../kernel/index.js';
import type { OnboardingEvent } from './onboarding-triggers.js';

/** A milestone that something has completed for a client. */
export interface DueMilestone {
  /** What is known of it so far: a row that says it is not completed; null when there is none. */
  readonly progressId: string | null;
  readonly clientId: ClientId;
  readonly milestoneId: string;
  readonly title: string;
}

/** How far clients are; used inside a unit of work. */
export abstract class OnboardingProgress {
  /** The milestones of the clients' own templates that wait for these events. With one statement. */
  abstract due(firmId: FirmId, events: readonly OnboardingEvent[]): Promise<readonly DueMilestone[]>;

  /**
   * Writes that they are completed, by themselves, with two statements; `id` is that of a new row, or of the one that is
   * there. Answers the ids of what is written: staff may have said something of it meanwhile. Who loses a race for a new
   * row is run again.
   */
  abstract complete(
    firmId: FirmId,
    completed: readonly (DueMilestone & { readonly id: string })[],
    at: Date,
  ): Promise<ReadonlySet<string>>;
}
