import { type ClientId, type Clock, type FirmId, type PortalActor, dayIn } from '../../kernel/index.js';
import type { ConnectedPlatforms } from './connected-platforms.js';
import type { Insight } from './figure.js';
import { type Metric, metricsOf } from './metrics.js';
import { type Period, periodOf, type PeriodType } from './period.js';
import type { ResultQueries } from './result-queries.js';

/** Which period is asked for; without an end the one under way, cut today where the client is. */
export interface AskedPeriod {
  readonly type: PeriodType;
  readonly end: string | null;
}

/** The results of a client in a period. */
export interface Results {
  readonly period: Period;
  readonly metrics: readonly Metric[];
  readonly insight: Insight | null;
  readonly connectedPlatforms: readonly string[];
  /** When it is false there is nothing else to see. */
  readonly isEnabled: boolean;
}

/** Shows a client its figures, beside those of the period before and what it wants to reach. */
export class ReadResults {
  constructor(
    private readonly queries: ResultQueries,
    private readonly platforms: ConnectedPlatforms,
    private readonly clock: Clock,
  ) {}

  /** With five statements, however many figures there are. */
  async execute({ firmId, companyId }: PortalActor, { type, end }: AskedPeriod): Promise<Results> {
    const { isEnabled, timeZone } = await this.queries.standing(firmId, companyId);
    const period = periodOf(type, end ?? dayIn(timeZone, this.clock.now()));
    if (!isEnabled) return { period, metrics: [], insight: null, connectedPlatforms: [], isEnabled };
    const [metrics, insight, connectedPlatforms] = await Promise.all([
      metricsIn(this.queries, { firmId, companyId, period }),
      this.queries.insight(firmId, companyId, period),
      this.platforms.of(firmId, companyId),
    ]);
    return { period, metrics, insight, connectedPlatforms, isEnabled };
  }
}

async function metricsIn(
  queries: ResultQueries,
  { firmId, companyId, period }: { firmId: FirmId; companyId: ClientId; period: Period },
): Promise<Metric[]> {
  const [figures, goals] = await Promise.all([
    queries.figures(firmId, companyId, period),
    queries.goals(firmId, companyId, period.type),
  ]);
  return metricsOf(period, figures, goals);
}
