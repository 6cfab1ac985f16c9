import { ApiProperty } from '@nestjs/swagger';
import { Count, Quantity, Text } from '../documented.js';
import { PeriodDto } from './results.dto.js';

/** What ads cost and brought. Ratios are made from the sums, and null on a zero denominator. */
export class AdFigures {
  /** The currency of the money; of totals null when there are several: they are not added. */
  @Text('EUR', { nullable: true })
  currency!: string | null;

  @Quantity(340, { nullable: true })
  spend!: number | null;

  @Count(12000)
  impressions!: number;

  @Count(340)
  clicks!: number;

  @ApiProperty({ example: 17 })
  conversions!: number;

  @Quantity(1360, { nullable: true })
  conversion_value!: number | null;

  /** Of a single day; null of more, as people who saw it on two days can not be told apart. */
  @ApiProperty({ type: 'integer', nullable: true, example: 8000 })
  reach!: number | null;

  /** Impressions for each person reached. */
  @Quantity(1.5, { nullable: true })
  frequency!: number | null;

  /** Clicks, in per cent of impressions. */
  @Quantity(2.833333, { nullable: true })
  ctr!: number | null;

  /** Spend for each click. */
  @Quantity(1, { nullable: true })
  cpc!: number | null;

  /** Spend for a thousand impressions. */
  @Quantity(28.333333, { nullable: true })
  cpm!: number | null;

  /** Spend for each conversion. */
  @Quantity(20, { nullable: true })
  cpa!: number | null;

  /** Conversions, in per cent of clicks. */
  @Quantity(5, { nullable: true })
  conversion_rate!: number | null;

  /** Conversion value for each unit spent. */
  @Quantity(4, { nullable: true })
  roas!: number | null;
}

/** A campaign over the period. */
export class CampaignDto extends AdFigures {
  /** The platform's own id of it. */
  @Text('23851')
  campaign_id!: string;

  @Text('Spring sale')
  campaign_name!: string;

  @Text('google_ads')
  platform!: string;

  @Text('active', { nullable: true })
  status!: string | null;
}

/** The campaigns with a day in the period, and the totals of all, whichever part is asked for. */
export class CampaignsDocument {
  period!: PeriodDto;

  campaigns!: CampaignDto[];

  totals!: AdFigures;

  /** Only there when the dashboard of the company is not enabled, and so nothing is shown. */
  @ApiProperty({ required: false, example: false })
  dashboard_enabled?: false;
}
