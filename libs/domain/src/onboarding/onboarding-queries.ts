import type { ClientId, FirmId } from '../kernel/index.js';

/** By what a firm takes in its clients. */
export interface OnboardingTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
}

/** What is reached in a stage, and whether a client has. */
export interface OnboardingMilestone {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly position: number;
  readonly completed: boolean;
  readonly completedAt: Date | null;
  /** The name of the user who says so; null when nobody does. */
  readonly completedByName: string | null;
  /** `auto` when it has completed itself; null before anything is known of it. */
  readonly source: 'manual' | 'auto' | null;
}

export interface OnboardingStage {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** For programs: `kickoff`. */
  readonly stageType: string;
  readonly position: number;
  /** In their order. */
  readonly milestones: readonly OnboardingMilestone[];
}

/** How a client is taken in. */
export interface Onboarding {
  readonly template: OnboardingTemplate;
  /** In their order. */
  readonly stages: readonly OnboardingStage[];
  /** When the first was known of any milestone; null before. */
  readonly startedAt: Date | null;
}

/**
 * Reads about onboarding. The template of a client is the one in which anything was last begun for it, and before that
 * the firm's default, the newest of those that are active.
 */
export abstract class OnboardingQueries {
  /** Null when the client has no template. With one statement. */
  abstract find(firmId: FirmId, clientId: ClientId): Promise<Onboarding | null>;
}
