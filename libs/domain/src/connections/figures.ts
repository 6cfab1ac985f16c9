/** What a campaign cost and brought on a day. Amounts are decimal numbers as text. */
export interface CampaignFigures {
  /** The platform's own id of the campaign. */
  readonly campaignId: string;
  readonly campaignName: string;
  /** For programs, in lower case; null where the platform does not tell. */
  readonly status: string | null;
  readonly spend: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: string;
  readonly conversionValue: string;
  /** How many people saw it; of several days it can not be added up. */
  readonly reach: number | null;
}

/** The value of a metric on a day. */
export interface MetricFigure {
  /** For programs: `revenue`. */
  readonly key: string;
  readonly label: string;
  /** The currency of an amount; null for what is counted. */
  readonly unit: string | null;
  /** A decimal number as text. */
  readonly value: string;
}

/** All that a platform knows of a day. */
export interface DayFigures {
  /** `YYYY-MM-DD`, in the account's time zone. */
  readonly date: string;
  /** Of the account, ISO 4217. */
  readonly currency: string;
  readonly campaigns: readonly CampaignFigures[];
  readonly metrics: readonly MetricFigure[];
}
