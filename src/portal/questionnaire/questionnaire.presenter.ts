import type { KeptGoal, Questionnaire } from '@portico/domain/portal';
import { instant } from '../../platform/http/json-api.js';
import type { GoalDto, QuestionnaireDocument, QuestionnaireDto } from './questionnaire.dto.js';

/** The questionnaire as the Portal API shows it. */
export class QuestionnairePresenter {
  document(questionnaire: Questionnaire | null): QuestionnaireDocument {
    return { profile: questionnaire && profileOf(questionnaire) };
  }
}

function profileOf(questionnaire: Questionnaire): QuestionnaireDto {
  return {
    company_id: questionnaire.companyId,
    financial_year_start: questionnaire.financialYearStart,
    financial_year_end: questionnaire.financialYearEnd,
    key_trading_periods: questionnaire.keyTradingPeriods,
    channel_online_pct: questionnaire.channelOnlinePct,
    channel_instore_pct: questionnaire.channelInstorePct,
    channel_wholesale_pct: questionnaire.channelWholesalePct,
    celebration_vision: questionnaire.celebrationVision,
    growth_priorities_text: questionnaire.growthPrioritiesText,
    company_direction_text: questionnaire.companyDirectionText,
    goals: questionnaire.goals.map(goalOf),
    completed_at: instant(questionnaire.completedAt),
    completed_by_portal_user_id: questionnaire.completedBy,
    created_at: instant(questionnaire.createdAt),
    updated_at: instant(questionnaire.updatedAt),
  };
}

function goalOf({ id, metric, target, unit, period, metricKey, metricLabel }: KeptGoal): GoalDto {
  return { id, metric, target, unit, period, metric_key: metricKey, metric_label: metricLabel };
}
