import { connectionErrors } from '../../../connections/index.js';
import { type Clock, dayIn, type PortalActor, textOfLines } from '../../../kernel/index.js';
import { sortedCampaigns, totalsOf, withRatios } from '../campaigns.js';
import type { Figure } from '../figure.js';
import { metricsOf } from '../metrics.js';
import type { Period } from '../period.js';
import type { ResultQueries } from '../result-queries.js';
import type { Analyst, Briefing } from './analyst.js';
import { askedPeriod } from './asked-period.js';

/** The longest question, in characters. */
export const LONGEST_QUESTION = 1000;
/** How many campaigns an answer looks at. */
const MOST_CAMPAIGNS = 50;

/** Answers a client's question about its own figures. */
export class AskResults {
  constructor(
    private readonly queries: ResultQueries,
    private readonly analyst: Analyst,
    private readonly clock: Clock,
  ) {}

  /**
   * An answer in plain text about the period that the question names.
   * @throws InvalidField for an empty or too long question
   * @throws DomainError `dashboard_disabled`
   */
  async execute(actor: PortalActor, { question }: { question: string }): Promise<string> {
    const asked = textOfLines('question', question, LONGEST_QUESTION);
    const { isEnabled, timeZone } = await this.queries.standing(actor.firmId, actor.companyId);
    if (!isEnabled) throw connectionErrors.dashboardDisabled();
    const period = askedPeriod(asked, dayIn(timeZone, this.clock.now()));
    return this.analyst.answer(asked, await this.briefing(actor, period));
  }

  private async briefing({ firmId, companyId }: PortalActor, period: Period): Promise<Briefing> {
    const [figures, goals, insight, sums] = await Promise.all([
      this.queries.figures(firmId, companyId, period),
      this.queries.goals(firmId, companyId, period.type),
      this.queries.insight(firmId, companyId, period),
      this.queries.campaigns(firmId, companyId, period, null),
    ]);
    return {
      period,
      metrics: metricsOf(period, figures, goals),
      platforms: platformsOf(figures).map((platform) => ({
        platform,
        metrics: metricsOf(
          period,
          figures.filter((figure) => figure.platform === platform),
          [],
        ),
      })),
      campaigns: sortedCampaigns(sums.map(withRatios), 'spend', 'desc').slice(0, MOST_CAMPAIGNS),
      totals: totalsOf(sums),
      summary: insight?.summary ?? null,
    };
  }
}

const platformsOf = (figures: readonly Figure[]): string[] =>
  [...new Set(figures.flatMap(({ platform }) => (platform === null ? [] : [platform])))].sort();
