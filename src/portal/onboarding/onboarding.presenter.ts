import {
  type Onboarding,
  type OnboardingMilestone,
  type OnboardingStage,
  standingOf,
} from '@portico/domain/onboarding';
import { instantOrNull } from '../../platform/http/json-api.js';
import type { OnboardingDocument, OnboardingMilestoneDto, OnboardingStageDto } from './onboarding.dto.js';

/** The onboarding as the Portal API shows it. */
export class OnboardingPresenter {
  document(onboarding: Onboarding | null): OnboardingDocument {
    const { template, stages, startedAt } = onboarding ?? { template: null, stages: [], startedAt: null };
    const standing = standingOf({ stages, startedAt });
    return {
      template,
      stages: stages.map(stageOf),
      total_milestones: standing.totalMilestones,
      completed_milestones: standing.completedMilestones,
      completion_percentage: standing.completionPercentage,
      current_stage_type: standing.currentStageType,
      started_at: instantOrNull(standing.startedAt),
      completed_at: instantOrNull(standing.completedAt),
    };
  }
}

function stageOf({ id, name, description, stageType, position, milestones }: OnboardingStage): OnboardingStageDto {
  return {
    ...{ id, name, description, stage_type: stageType, position },
    completed_count: milestones.filter(({ completed }) => completed).length,
    total_count: milestones.length,
    milestones: milestones.map(milestoneOf),
  };
}

function milestoneOf(milestone: OnboardingMilestone): OnboardingMilestoneDto {
  const { id, title, description, position, completed, completedAt, completedByName, source } = milestone;
  return {
    ...{ id, title, description, position, completed },
    completed_at: instantOrNull(completedAt),
    completed_by_name: completedByName,
    source,
  };
}
