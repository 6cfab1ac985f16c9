import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  Analyst,
  type Briefing,
  type CampaignSums,
  ConnectedPlatforms,
  type Figure,
  type Goal,
  type Insight,
  type Period,
  type PeriodType,
  ResultQueries,
  type ResultsStanding,
} from '@portico/domain/portal';

/** Answers what it is told to, to company 500 of firm 1 and to nobody else, and keeps which periods were asked for. */
export class StaticResults extends ResultQueries {
  current: ResultsStanding = { isEnabled: true, timeZone: 'UTC' };
  figuresOf: readonly Figure[] = [];
  goalsOf: Readonly<Partial<Record<PeriodType, readonly Goal[]>>> = {};
  newest: Insight | null = null;
  sums: readonly CampaignSums[] = [];
  readonly periods: Period[] = [];

  standing(firmId: FirmId, companyId: ClientId): Promise<ResultsStanding> {
    return this.own(firmId, companyId, this.current, { isEnabled: false, timeZone: 'UTC' });
  }

  figures(firmId: FirmId, companyId: ClientId, period: Period): Promise<readonly Figure[]> {
    this.periods.push(period);
    return this.own(firmId, companyId, this.figuresOf, []);
  }

  goals(firmId: FirmId, companyId: ClientId, type: PeriodType): Promise<readonly Goal[]> {
    return this.own(firmId, companyId, this.goalsOf[type] ?? [], []);
  }

  insight(firmId: FirmId, companyId: ClientId): Promise<Insight | null> {
    return this.own(firmId, companyId, this.newest, null);
  }

  campaigns(
    firmId: FirmId,
    companyId: ClientId,
    _period: Period,
    platform: string | null,
  ): Promise<readonly CampaignSums[]> {
    const asked = this.sums.filter((one) => platform === null || one.platform === platform);
    return this.own(firmId, companyId, asked, []);
  }

  private own<T>(firmId: FirmId, companyId: ClientId, own: T, others: T): Promise<T> {
    return Promise.resolve(firmId === '1' && companyId === '500' ? own : others);
  }
}

export class StaticPlatforms extends ConnectedPlatforms {
  constructor(private readonly platforms: readonly string[]) {
    super();
  }

  of(): Promise<readonly string[]> {
    return Promise.resolve(this.platforms);
  }
}

/** Keeps what it was asked, and always says the same. */
export class ParrotAnalyst extends Analyst {
  readonly asked: { readonly question: string; readonly briefing: Briefing }[] = [];

  answer(question: string, briefing: Briefing): Promise<string> {
    this.asked.push({ question, briefing });
    return Promise.resolve('I do not know.');
  }
}
