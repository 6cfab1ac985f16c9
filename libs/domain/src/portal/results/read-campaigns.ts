import { type Clock, type PortalActor, dayIn } from '../../kernel/index.js';
import type { ListWindow } from '../projects/project-queries.js';
import { type Campaign, type CampaignSort, sortedCampaigns, type Totals, totalsOf, withRatios } from './campaigns.js';
import { type Period, periodOf } from './period.js';
import type { AskedPeriod } from './read-results.js';
import type { ResultQueries } from './result-queries.js';

/** The totals are those of all, whichever part of them is asked for. */
export interface AskedCampaigns extends AskedPeriod, ListWindow {
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

  /** With two statements, however many there are. */
  async execute({ firmId, companyId }: PortalActor, asked: AskedCampaigns): Promise<CampaignResults> {
    const { isEnabled, timeZone } = await this.queries.standing(firmId, companyId);
    const period = periodOf(asked.type, asked.end ?? dayIn(timeZone, this.clock.now()));
    const sums = isEnabled ? await this.queries.campaigns(firmId, companyId, period, asked.platform) : [];
    const { offset, limit } = asked;
    const sorted = sortedCampaigns(sums.map(withRatios), asked.sort, asked.direction);
    return { period, campaigns: sorted.slice(offset, offset + limit), totals: totalsOf(sums), isEnabled };
  }
}
