import type { OnboardingTrigger } from '@portico/domain/onboarding';

type Columns = Readonly<Record<string, unknown>>;

/** What has happened to a client when one of its rows is written, and for which milestones of its onboarding may wait. */
export interface Reaching {
  readonly trigger: OnboardingTrigger;
  /** Whether what became of the row is it; `before` is null for a new row. Not for one that stays as it was. */
  readonly when: (before: Columns | null, after: Columns) => boolean;
}
