import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { DomainError } from '@portico/domain/kernel';
import {
  type AskedCampaigns,
  type AskedPeriod,
  CAMPAIGN_SORTS,
  type CampaignSort,
  canEndOn,
  PERIOD_TYPES,
  resultsErrors,
} from '@portico/domain/portal';
import { IsGivenOnce } from '../../platform/http/page-query.dto.js';
import { isDay } from '../../platform/http/written-time.js';
import { ListWindowQuery } from '../projects/list-window.dto.js';

/** `conversionValue` is `conversion_value` in queries and answers. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const SORTS = new Map<string, CampaignSort>(CAMPAIGN_SORTS.map((sort) => [snakeCase(sort), sort]));
const DIRECTIONS = ['asc', 'desc'] as const;
const PLATFORM = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;

/** The query of `GET /api/portal/results`. */
export class ResultsQuery {
  /** `week` (from Monday), `month` (when not given), `quarter` or `year`. */
  @IsGivenOnce()
  @ApiProperty({ required: false, enum: PERIOD_TYPES, default: 'month' })
  period_type?: string;

  /** The day at which the period is cut; when not given, today where the company is. */
  @IsGivenOnce()
  @ApiProperty({ required: false, format: 'date' })
  period_end?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static period({ period_type: type, period_end: end }: ResultsQuery): AskedPeriod {
    if (end !== undefined && !(isDay(end) && canEndOn(end))) throw resultsErrors.invalidPeriodEnd();
    return { type: oneOf('period_type', PERIOD_TYPES, type, 'month'), end: end ?? null };
  }
}

/** The query of `GET /api/portal/results/campaigns`. */
export class CampaignsQuery extends IntersectionType(ResultsQuery, ListWindowQuery) {
  /** The key of a platform, such as google_ads. */
  @IsGivenOnce()
  @ApiProperty({ required: false })
  platform?: string;

  /** By which figure the campaigns are sorted; `spend` when not given. */
  @IsGivenOnce()
  @ApiProperty({ required: false, enum: [...SORTS.keys()], default: 'spend' })
  sort_by?: string;

  /** `desc` when not given. What has no such figure comes last in either direction. */
  @IsGivenOnce()
  @ApiProperty({ required: false, enum: DIRECTIONS, default: 'desc' })
  sort_dir?: string;

  /** @throws DomainError `invalid_value` naming the parameter */
  static asked(query: CampaignsQuery): AskedCampaigns {
    const { platform = null, sort_by: by, sort_dir: direction } = query;
    if (platform !== null && !PLATFORM.test(platform)) throw invalid('platform', 'must be the key of a platform');
    const sort = oneOf('sort_by', [...SORTS.keys()], by, 'spend');
    return {
      ...ResultsQuery.period(query),
      ...ListWindowQuery.window(query),
      platform,
      sort: SORTS.get(sort) ?? 'spend',
      direction: oneOf('sort_dir', DIRECTIONS, direction, 'desc'),
    };
  }
}

function oneOf<T extends string>(name: string, values: readonly T[], given: string | undefined, otherwise: T): T {
  if (given === undefined) return otherwise;
  const value = values.find((one) => one === given);
  if (value === undefined) throw invalid(name, `must be one of ${values.join(', ')}`);
  return value;
}

function invalid(parameter: string, reason: string): DomainError {
  return new DomainError('invalid', 'invalid_value', `${parameter} ${reason}`, { parameter });
}
