/** What a campaign of the fake platforms cost and brought on a day. */
export interface FakeCampaign {
  readonly id: string;
  readonly name: string;
  readonly spend: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly value: string;
  readonly reach: number;
}

export interface FakeOrder {
  readonly createdAt: string;
  readonly amount: string;
  readonly units: number;
  readonly test?: boolean;
  readonly cancelledAt?: string;
}

/** What the fake platforms know; a suite changes it. */
export class FakeFigures {
  timeZone = 'Europe/Berlin';
  currency = 'EUR';
  /** How many rows a page holds. */
  rows = 2;
  campaigns = new Map<string, readonly FakeCampaign[]>();
  orders: FakeOrder[] = [];
  /** Of Analytics: by day, the values of the metrics in the order in which they are asked for. */
  visits = new Map<string, readonly string[]>();

  /** Campaigns of the days from the first to the last, in the order of days. */
  campaignsIn(from: string, to: string): { day: string; campaign: FakeCampaign }[] {
    return [...this.campaigns]
      .filter(([day]) => day >= from && day <= to)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([day, campaigns]) => campaigns.map((campaign) => ({ day, campaign })));
  }
}

/** A campaign that cost 12.50 and brought two sales of 40.00 in all, changed by `changes`. */
export function aCampaign(changes: Partial<FakeCampaign> = {}): FakeCampaign {
  const numbers = { impressions: 1000, clicks: 50, conversions: 2, reach: 800 };
  return { id: '111', name: 'Spring sale', spend: '12.50', value: '40.00', ...numbers, ...changes };
}
