import { ApiProperty } from '@nestjs/swagger';
import { PERIOD_TYPES } from '@portico/domain/portal';
import { Instant, NumberedId, Quantity, Text, Uuid } from '../documented.js';

/** What the company wants to reach. */
export class GoalDto {
  @Uuid()
  id!: string;

  @Text('Revenue')
  metric!: string;

  @Quantity(250000)
  target!: number;

  @Text('EUR', { nullable: true })
  unit!: string | null;

  @ApiProperty({ enum: PERIOD_TYPES, example: 'month' })
  period!: string;

  @Text('revenue')
  metric_key!: string;

  @Text('Revenue of the web shop', { nullable: true })
  metric_label!: string | null;
}

/** What the company says of itself. */
export class QuestionnaireDto {
  @NumberedId('500')
  company_id!: string;

  @Text('1 July', { nullable: true })
  financial_year_start!: string | null;

  @Text('30 June', { nullable: true })
  financial_year_end!: string | null;

  @Text('November and December', { nullable: true })
  key_trading_periods!: string | null;

  @Quantity(60, { nullable: true })
  channel_online_pct!: number | null;

  @Quantity(30, { nullable: true })
  channel_instore_pct!: number | null;

  @Quantity(10, { nullable: true })
  channel_wholesale_pct!: number | null;

  @Text('A party in the new shop', { nullable: true })
  celebration_vision!: string | null;

  @Text('More customers who come back', { nullable: true })
  growth_priorities_text!: string | null;

  @Text('A second shop in the south', { nullable: true })
  company_direction_text!: string | null;

  /** All goals of the company. */
  goals!: GoalDto[];

  @Instant('2026-01-12T10:00:00Z')
  completed_at!: string;

  /** The contact who completed it; null when it is not known. */
  @NumberedId('20', { nullable: true })
  completed_by_portal_user_id!: string | null;

  @Instant('2026-01-12T10:00:00Z')
  created_at!: string;

  @Instant('2026-01-12T10:00:00Z')
  updated_at!: string;
}

export class QuestionnaireDocument {
  /** Null before the company has said anything. */
  @ApiProperty({ type: () => QuestionnaireDto, nullable: true })
  profile!: QuestionnaireDto | null;
}

export class SubmittedDto {
  @ApiProperty({ example: true })
  ok!: true;
}
