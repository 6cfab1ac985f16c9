import type { Onboarding } from './onboarding-queries.js';

/** How far a client is in all. */
export interface OnboardingStanding {
  readonly totalMilestones: number;
  readonly completedMilestones: number;
  /** A whole number from 0 to 100; 0 without milestones, and 100 only when all are completed. */
  readonly completionPercentage: number;
  /** That of the first stage with an open milestone; null when there is none. */
  readonly currentStageType: string | null;
  readonly startedAt: Date | null;
  /** When the last milestone was completed; null while one is open. */
  readonly completedAt: Date | null;
}

/** What follows from the milestones. */
export function standingOf({ stages, startedAt }: Pick<Onboarding, 'stages' | 'startedAt'>): OnboardingStanding {
  const milestones = stages.flatMap((stage) => stage.milestones);
  const [total, done] = [milestones.length, milestones.filter(({ completed }) => completed).length];
  const open = stages.find((stage) => stage.milestones.some(({ completed }) => !completed));
  const instants = milestones.flatMap(({ completedAt }) => (completedAt === null ? [] : [completedAt.getTime()]));
  const isOver = total > 0 && done === total;
  return {
    totalMilestones: total,
    completedMilestones: done,
    completionPercentage: isOver ? 100 : total === 0 ? 0 : Math.min(99, Math.round((done / total) * 100)),
    currentStageType: open?.stageType ?? null,
    startedAt,
    completedAt: isOver && instants.length > 0 ? new Date(Math.max(...instants)) : null,
  };
}
