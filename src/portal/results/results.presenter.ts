import type { AdRatios, AdSums, Campaign, CampaignResults, Metric, Period, Results } from '@portico/domain/portal';
import { instant } from '../../platform/http/json-api.js';
import { money } from '../../platform/http/money.js';
import type { AdFigures, CampaignDto, CampaignsDocument } from './campaigns.dto.js';
import type { MetricDto, PeriodDto, ResultsDocument } from './results.dto.js';

/** Results as the Portal API shows them. */
export class ResultsPresenter {
  results({ period, metrics, insight, connectedPlatforms, isEnabled }: Results): ResultsDocument {
    return {
      period: periodOf(period),
      metrics: metrics.map(metricOf),
      insight: insight && {
        summary: insight.summary,
        health_score: insight.healthScore,
        highlights: [...insight.highlights],
        recommendations: [...insight.recommendations],
        generated_at: instant(insight.generatedAt),
      },
      connected_platforms: [...connectedPlatforms],
      dashboard_enabled: isEnabled,
    };
  }

  campaigns({ period, campaigns, totals, isEnabled }: CampaignResults): CampaignsDocument {
    return {
      period: periodOf(period),
      campaigns: campaigns.map(campaignOf),
      totals: figuresOf(totals),
      ...(!isEnabled && { dashboard_enabled: false }),
    };
  }
}

function periodOf({ type, start, end, priorStart, priorEnd }: Period): PeriodDto {
  return { type, start, end, prior_start: priorStart, prior_end: priorEnd };
}

function metricOf(metric: Metric): MetricDto {
  return {
    metric_key: metric.key,
    metric_label: metric.label,
    unit: metric.unit,
    platform: metric.platform,
    value: metric.value,
    prior_value: metric.priorValue,
    delta_pct: metric.deltaPct,
    target: metric.target,
    tracking_status: metric.trackingStatus,
  };
}

function campaignOf(campaign: Campaign): CampaignDto {
  const { campaignId, campaignName, platform, status } = campaign;
  return { campaign_id: campaignId, campaign_name: campaignName, platform, status, ...figuresOf(campaign) };
}

function figuresOf(figures: AdSums & AdRatios): AdFigures {
  return {
    currency: figures.currency,
    spend: moneyOrNull(figures.spend),
    impressions: figures.impressions,
    clicks: figures.clicks,
    conversions: figures.conversions,
    conversion_value: moneyOrNull(figures.conversionValue),
    reach: figures.reach,
    frequency: figures.frequency,
    ctr: figures.ctr,
    cpc: figures.cpc,
    cpm: figures.cpm,
    cpa: figures.cpa,
    conversion_rate: figures.conversionRate,
    roas: figures.roas,
  };
}

const moneyOrNull = (amount: number | null): number | null => (amount === null ? null : money(amount.toFixed(2)));
