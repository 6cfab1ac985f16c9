import type { Clock, PortalActor } from '../../kernel/index.js';
import { dayIn } from '../company-days.js';
import { type Campaign, type CampaignSort, sortedCampaigns, type Totals, totalsOf, withRatios } from './campaigns.js';
import { type Period, periodOf } from './period.js';
import type { AskedPeriod } from './read-results.js';
import type { ResultQueries } from './result-queries.js';

/** The most campaigns that are shown; the totals are those of all. */
const MOST = 1000;

export interface AskedCampaigns extends AskedPeriod {
  /** Null: all of them. */
  readonly platform: string | null;
  readonly sort: CampaignSort;
  readonly direction: 'asc' | 'desc';
}

/** The campaigns of a client in a period. */
export interface CampaignResults {
  readonly period: Period;
  readonly campaigns: readonly Campaign[];
  readonly totals: Totals;
  /** When it is false there is nothing else to see. */
  readonly isEnabled: boolean;
}

/** Shows a client what its campaigns cost and brought. */
export class ReadCampaigns {
  constructor(
    private readonly queries: ResultQueries,
    private readonly clock: Clock,
  ) {}

  /** The first 1000 of the order that is asked for, with two statements. */
  async execute({ firmId, companyId }: PortalActor, asked: AskedCampaigns): Promise<CampaignResults> {
    const { isEnabled, timeZone } = await this.queries.standing(firmId, companyId);
    const period = periodOf(asked.type, asked.end ?? dayIn(timeZone, this.clock.now()));
    const sums = isEnabled ? await this.queries.campaigns(firmId, companyId, period, asked.platform) : [];
    const campaigns = sortedCampaigns(sums.map(withRatios), asked.sort, asked.direction).slice(0, MOST);
    return { period, campaigns, totals: totalsOf(sums), isEnabled };
  }
}
