import {
  count,
  currency,
  day,
  decimal,
  instant,
  integer,
  longText,
  money,
  oneOf,
  slug,
  text,
  texts,
} from '../declaration/field.js';
import { defineResource } from '../declaration/resource.js';
import { clientName } from './derived.js';

const PERIODS = ['week', 'month', 'quarter', 'year'];
const PLATFORM = { example: 'google_ads', description: 'Where the figure comes from' };
const METRIC = { required: true, example: 'revenue', description: 'The metric, for programs' };

const GOALS = defineResource({
  name: 'goals',
  singular: 'goal',
  description: 'What a client wants to reach, in a metric.',
  client: 'own',
  fields: {
    metric: text(120, { required: true, example: 'Revenue' }),
    metricKey: slug(METRIC),
    metricLabel: text(120, { example: 'Revenue of the web shop' }),
    target: decimal(4, { required: true, example: 250000 }, -(10 ** 10)),
    unit: text(20, { example: 'EUR' }),
    period: oneOf(PERIODS, { default: 'month' }),
  },
  derived: { clientName: clientName() },
  filters: ['metricKey'],
  unique: [['clientId', 'metricKey', 'period']],
});

const METRIC_POINTS = defineResource({
  name: 'metric-points',
  singular: 'metric point',
  description: 'The value of a metric on a day.',
  client: 'own',
  fields: {
    platform: slug(PLATFORM),
    metricKey: slug(METRIC),
    metricLabel: text(120, { example: 'Revenue of the web shop' }),
    unit: text(20, { example: 'EUR' }),
    date: day({ required: true, example: '2026-03-01' }),
    value: decimal(4, { required: true, example: 8123.75 }, -(10 ** 10)),
  },
  sorts: ['date'],
  filters: ['date', 'metricKey', 'platform'],
  unique: [['clientId', 'platform', 'metricKey', 'date']],
});

const CAMPAIGN_DAYS = defineResource({
  name: 'campaign-days',
  singular: 'campaign day',
  description: 'What a campaign cost and brought on a day.',
  client: 'own',
  fields: {
    platform: slug({ required: true, ...PLATFORM }),
    campaignId: text(120, { required: true, example: '23851', description: "The platform's own id of the campaign" }),
    campaignName: text(255, { required: true, example: 'Spring sale' }),
    date: day({ required: true, example: '2026-03-01' }),
    status: slug({ example: 'active' }),
    currency: currency({ filled: true }),
    spend: money({ default: 0 }, 0),
    impressions: count({ default: 0, example: 12000 }),
    clicks: count({ default: 0, example: 340 }),
    conversions: decimal(4, { default: 0, example: 17 }),
    conversionValue: money({ default: 0 }, 0),
    reach: count({ example: 9000 }),
  },
  derived: { clientName: clientName() },
  sorts: ['date', 'spend'],
  filters: ['date', 'platform', 'campaignId'],
  unique: [['clientId', 'platform', 'campaignId', 'date']],
});

const INSIGHTS = defineResource({
  name: 'insights',
  singular: 'insight',
  description: 'What the results of a period mean.',
  client: 'own',
  fields: {
    periodType: oneOf(PERIODS, { default: 'month' }),
    periodEnd: day({ required: true, example: '2026-03-31', description: 'The last day of the period' }),
    summary: longText({ required: true, example: 'The spring sale paid off.' }),
    healthScore: integer({ example: 82 }, 0, 100),
    highlights: texts({ example: ['Returns fell by a tenth'] }),
    recommendations: texts({ example: ['Spend more on search'] }),
    generatedAt: instant({ default: { from: 'now' }, example: '2026-04-01T06:00:00Z' }),
  },
  derived: { clientName: clientName() },
  sorts: ['periodEnd'],
  filters: ['periodType', 'periodEnd'],
});

/** Goals, figures and what they mean. */
export const RESULT_RESOURCES = [GOALS, METRIC_POINTS, CAMPAIGN_DAYS, INSIGHTS];
