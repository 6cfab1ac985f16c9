import type { ClientId, FirmId } from '../../kernel/index.js';
import type { CampaignSums } from './campaigns.js';
import type { Figure, Goal, Insight } from './figure.js';
import type { Period, PeriodType } from './period.js';

/** Whether a client sees figures, and where it is. */
export interface ResultsStanding {
  readonly isEnabled: boolean;
  /** The name of an IANA time zone. */
  readonly timeZone: string;
}

/** Reads about the results of one client of a firm, each with one statement. Nothing is there for another firm. */
export abstract class ResultQueries {
  abstract standing(firmId: FirmId, companyId: ClientId): Promise<ResultsStanding>;

  /**
   * What was measured in the period and in the one before. Campaigns count with their spend, impressions, clicks,
   * conversions and conversion value on each day and platform for which there is no value of that metric itself: a
   * platform's own total holds its campaigns, and nothing is counted twice.
   */
  abstract figures(firmId: FirmId, companyId: ClientId, period: Period): Promise<readonly Figure[]>;

  abstract goals(firmId: FirmId, companyId: ClientId, type: PeriodType): Promise<readonly Goal[]>;

  /** The newest about the whole period, wherever it is cut. */
  abstract insight(firmId: FirmId, companyId: ClientId, period: Period): Promise<Insight | null>;

  /** The campaigns with a day in the period; of one platform, or of all. */
  abstract campaigns(
    firmId: FirmId,
    companyId: ClientId,
    period: Period,
    platform: string | null,
  ): Promise<readonly CampaignSums[]>;
}
