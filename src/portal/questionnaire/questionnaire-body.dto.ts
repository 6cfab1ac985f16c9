import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsNumber, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { GivenGoal, Submission } from '@portico/domain/portal';
import { IfGiven } from '../../platform/http/if-given.js';

const OPTIONAL = { required: false, nullable: true } as const;
const Words = (maxLength: number, example: string): PropertyDecorator =>
  applyDecorators(IsOptional(), IsString(), ApiProperty({ ...OPTIONAL, type: 'string', maxLength, example }));
const Share = (example: number): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsNumber(),
    ApiProperty({ ...OPTIONAL, type: 'number', minimum: 0, maximum: 100, example }),
  );

/** What the company wants to reach. */
export class GoalBody {
  @IsString()
  @ApiProperty({ maxLength: 120, example: 'Revenue' })
  metric!: string;

  /** For the whole of a period; four decimals at most. */
  @IsNumber()
  @ApiProperty({ example: 250000 })
  target!: number;

  @Words(20, 'EUR')
  unit?: string | null;

  /** Of which type of period it is: week, month (unless given), quarter or year; `monthly` and the like are taken too. */
  @IsOptional()
  @IsString()
  @ApiProperty({ ...OPTIONAL, type: 'string', default: 'month', example: 'month' })
  period?: string | null;

  /** The metric in the results, for programs; made of `metric` unless given. */
  @Words(60, 'revenue')
  metric_key?: string | null;

  @Words(120, 'Revenue of the web shop')
  metric_label?: string | null;
}

/** The body of `POST /api/portal/questionnaire`. What is left out stays as it is; null takes an answer away. */
export class QuestionnaireBody {
  @Words(60, '1 July')
  financial_year_start?: string | null;

  @Words(60, '30 June')
  financial_year_end?: string | null;

  @Words(2000, 'November and December')
  key_trading_periods?: string | null;

  /** The channels need not make 100 together. */
  @Share(60)
  channel_online_pct?: number | null;

  @Share(30)
  channel_instore_pct?: number | null;

  @Share(10)
  channel_wholesale_pct?: number | null;

  @Words(5000, 'A party in the new shop')
  celebration_vision?: string | null;

  @Words(5000, 'More customers who come back')
  growth_priorities_text?: string | null;

  @Words(5000, 'A second shop in the south')
  company_direction_text?: string | null;

  /** Goals of the company, 50 at most; one that is there for the same metric and type of period is replaced. */
  @IfGiven()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GoalBody)
  @ApiProperty({ type: () => [GoalBody], required: false, maxItems: 50 })
  goals?: GoalBody[];
}

/** What a body says. */
export function submissionIn(body: QuestionnaireBody): Submission {
  return {
    financialYearStart: body.financial_year_start,
    financialYearEnd: body.financial_year_end,
    keyTradingPeriods: body.key_trading_periods,
    channelOnlinePct: body.channel_online_pct,
    channelInstorePct: body.channel_instore_pct,
    channelWholesalePct: body.channel_wholesale_pct,
    celebrationVision: body.celebration_vision,
    growthPrioritiesText: body.growth_priorities_text,
    companyDirectionText: body.company_direction_text,
    goals: body.goals?.map(goalIn),
  };
}

function goalIn({ metric_key: metricKey, metric_label: metricLabel, ...goal }: GoalBody): GivenGoal {
  return { ...goal, metricKey, metricLabel };
}
