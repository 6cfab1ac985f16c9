import { describe, expect, it } from '@jest/globals';
import type { OnboardingStage } from './onboarding-queries.js';
import { standingOf } from './standing.js';

const AT = ['2026-01-05T09:00:00Z', '2026-02-16T09:00:00Z'].map((at) => new Date(at));

/** A stage whose milestones are completed at these instants, or not. */
const stage = (stageType: string, completedAt: (Date | null)[]): OnboardingStage => ({
  ...{ id: stageType, name: stageType, description: null, stageType, position: 0 },
  milestones: completedAt.map((at, position) => ({
    ...{ id: `${stageType}-${position}`, title: 'Milestone', description: null, position },
    ...{ completed: at !== null, completedAt: at, completedByName: null, source: null },
  })),
});
const [first = null, last = null] = AT;
const standing = (...stages: OnboardingStage[]) => standingOf({ stages, startedAt: first });

describe('How far a client is taken in', () => {
  it('is counted in milestones; the stage is the first with an open one', () => {
    expect(standing(stage('kickoff', [first]), stage('setup', [null, last]), stage('live', [null]))).toEqual({
      ...{ totalMilestones: 4, completedMilestones: 2, completionPercentage: 50, currentStageType: 'setup' },
      ...{ startedAt: first, completedAt: null },
    });
  });

  it('is over when all are completed, since the last was', () => {
    expect(standing(stage('kickoff', [last, first]), stage('empty', []))).toMatchObject({
      ...{ completionPercentage: 100, currentStageType: null, completedAt: last },
    });
  });

  it('is nothing without milestones', () => {
    expect(standing(stage('empty', []))).toMatchObject({
      ...{ totalMilestones: 0, completionPercentage: 0, currentStageType: null, completedAt: null },
    });
  });

  it('is a whole number, and 100 only at the end', () => {
    const percentage = (done: number, all: number) =>
      standing(
        stage(
          'one',
          Array.from({ length: all }, (_, at) => (at < done ? first : null)),
        ),
      ).completionPercentage;
    expect([percentage(1, 3), percentage(2, 3), percentage(299, 300), percentage(300, 300)]).toEqual([33, 67, 99, 100]);
  });
});
