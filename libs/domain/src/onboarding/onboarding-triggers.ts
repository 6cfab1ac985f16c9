import type { Author, ClientId } from '../kernel/index.js';

/** What milestones of an onboarding can wait for. */
export const ONBOARDING_TRIGGERS = [
  'project_created',
  'invoice_issued',
  'connection_made',
  'questionnaire_completed',
  'file_acknowledged',
] as const;
export type OnboardingTrigger = (typeof ONBOARDING_TRIGGERS)[number];

/** Something that happened to a client, and for which milestones may wait. */
export interface OnboardingEvent {
  readonly clientId: ClientId;
  readonly trigger: OnboardingTrigger;
}

/** Is told what happens to clients who may be taken in just now. */
export abstract class OnboardingTriggers {
  /**
   * Completes the milestones that wait for it, in the running unit of work, in a number of statements that does not grow
   * with the events. What is completed, or was reopened by staff, stays as it is.
   */
  abstract happened(author: Author, events: readonly OnboardingEvent[]): Promise<void>;
}
