import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type CampaignSums,
  type Figure,
  type Goal,
  type Insight,
  type Period,
  type PeriodType,
  ResultQueries,
  type ResultsStanding,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { CAMPAIGNS, FIGURES } from './figures.sql.js';

const STANDING = statement(`select dashboard_enabled as "isEnabled", time_zone as "timeZone" from clients
  where firm_id = $1 and id = $2`);
const SUMS = statement(FIGURES);
const OF_CAMPAIGNS = statement(CAMPAIGNS);
const GOALS = statement(`select metric_key as "metricKey", metric, metric_label as label, unit, target::text as target
  from goals where firm_id = $1 and client_id = $2 and period = $3`);
const INSIGHT = statement(`select summary, health_score as "healthScore", highlights, recommendations,
    generated_at as "generatedAt" from insights
  where firm_id = $1 and client_id = $2 and period_type = $3 and period_end between $4 and $5
  order by generated_at desc, id desc limit 1`);

/** `numeric` and 64-bit integers come as text. */
type Texts<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: string | Extract<T[P], null> };
const COUNTED = ['spend', 'impressions', 'clicks', 'conversions', 'conversionValue', 'reach'] as const;
type CampaignRow = Texts<CampaignSums, (typeof COUNTED)[number]>;

export class SqlResultQueries extends ResultQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async standing(firmId: FirmId, companyId: ClientId): Promise<ResultsStanding> {
    const [row] = await this.database.query<ResultsStanding>(STANDING, [firmId, companyId]);
    return row ?? { isEnabled: false, timeZone: 'UTC' };
  }

  async figures(firmId: FirmId, companyId: ClientId, period: Period): Promise<readonly Figure[]> {
    const { start, end, priorStart, priorEnd } = period;
    const values = [firmId, companyId, start, end, priorStart, priorEnd];
    const rows = await this.database.list<Texts<Figure, 'sum'>>(SUMS, values);
    return rows.map(({ sum, ...figure }) => ({ ...figure, sum: Number(sum) }));
  }

  async goals(firmId: FirmId, companyId: ClientId, type: PeriodType): Promise<readonly Goal[]> {
    const rows = await this.database.query<Texts<Goal, 'target'>>(GOALS, [firmId, companyId, type]);
    return rows.map(({ target, ...goal }) => ({ ...goal, target: Number(target) }));
  }

  async insight(firmId: FirmId, companyId: ClientId, period: Period): Promise<Insight | null> {
    const { type, start, lastDay } = period;
    const [row] = await this.database.query<Insight>(INSIGHT, [firmId, companyId, type, start, lastDay]);
    return row ?? null;
  }

  async campaigns(
    firmId: FirmId,
    companyId: ClientId,
    { start, end }: Period,
    platform: string | null,
  ): Promise<readonly CampaignSums[]> {
    const rows = await this.database.list<CampaignRow>(OF_CAMPAIGNS, [firmId, companyId, start, end, platform]);
    return rows.map((row) => ({ ...row, ...counted(row) }));
  }
}

function counted(row: CampaignRow): Pick<CampaignSums, (typeof COUNTED)[number]> {
  const numbers = COUNTED.map((name) => [name, row[name] === null ? null : Number(row[name])] as const);
  return Object.fromEntries(numbers) as Pick<CampaignSums, (typeof COUNTED)[number]>;
}
