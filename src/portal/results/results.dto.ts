import { ApiProperty } from '@nestjs/swagger';
import { PERIOD_TYPES, TRACKING_STATUSES } from '@portico/domain/portal';
import { Day, Instant, Quantity, Text } from '../documented.js';

/** A week, month, quarter or year, cut at a day, and the one before it, cut at the same offset; all days are counted. */
export class PeriodDto {
  @ApiProperty({ enum: PERIOD_TYPES, example: 'month' })
  type!: string;

  @Day('2026-03-01')
  start!: string;

  @Day('2026-03-15')
  end!: string;

  @Day('2026-02-01')
  prior_start!: string;

  @Day('2026-02-15')
  prior_end!: string;
}

/** A metric over all platforms. */
export class MetricDto {
  @Text('revenue')
  metric_key!: string;

  @Text('Revenue')
  metric_label!: string;

  /** The code of a currency, `%`, or whatever came with the figures. */
  @Text('EUR', { nullable: true })
  unit!: string | null;

  /** The platform that all of it comes from; null when there are several, or none. */
  @Text('shopify', { nullable: true })
  platform!: string | null;

  /** Null when nothing was measured in the period, on a zero denominator, and for money of several currencies. */
  @Quantity(8123.75, { nullable: true })
  value!: number | null;

  /** The same of the period before. */
  @Quantity(7221.11, { nullable: true })
  prior_value!: number | null;

  /** The change in per cent; null when there is nothing to compare. */
  @Quantity(12.5, { nullable: true })
  delta_pct!: number | null;

  /** The goal of the company for the whole of such a period; null when it has none. */
  @Quantity(15000, { nullable: true })
  target!: number | null;

  /**
   * `achieved` when the value reaches the target; else against what is due by the end of the period: 90 % is `on_track`,
   * 70 % `at_risk`, less `behind`.
   */
  @ApiProperty({ enum: TRACKING_STATUSES, example: 'on_track' })
  tracking_status!: string;
}

/** What the figures mean. */
export class InsightDto {
  @Text('The spring sale paid off.')
  summary!: string;

  /** From 0 to 100. */
  @ApiProperty({ type: 'integer', nullable: true, example: 82 })
  health_score!: number | null;

  @ApiProperty({ type: [String], example: ['Returns fell by a tenth'] })
  highlights!: string[];

  @ApiProperty({ type: [String], example: ['Spend more on search'] })
  recommendations!: string[];

  @Instant('2026-03-15T06:00:00Z')
  generated_at!: string;
}

/** The results of the company in a period; empty when its dashboard is not enabled. */
export class ResultsDocument {
  period!: PeriodDto;

  metrics!: MetricDto[];

  /** The newest about the period. */
  @ApiProperty({ type: () => InsightDto, nullable: true })
  insight!: InsightDto | null;

  /** The platforms to which the company is connected. */
  @ApiProperty({ type: [String], example: ['google_ads', 'shopify'] })
  connected_platforms!: string[];

  @ApiProperty({ example: true })
  dashboard_enabled!: boolean;
}
