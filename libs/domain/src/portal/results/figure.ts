/** What was measured of one metric, from one source, in a period or in the one before it: the sum of its days. */
export interface Figure {
  readonly metricKey: string;
  /** Null for what comes from no platform. */
  readonly platform: string | null;
  readonly isPrior: boolean;
  /** The newest name that came with it. */
  readonly label: string | null;
  /** In which it is counted: the code of a currency, or whatever came with it. */
  readonly unit: string | null;
  readonly sum: number;
  /** How many single values make the sum. */
  readonly count: number;
}

/** What a client wants to reach in a period of one type. */
export interface Goal {
  readonly metricKey: string;
  readonly metric: string;
  readonly label: string | null;
  readonly unit: string | null;
  readonly target: number;
}

/** What somebody made of the figures of a period. */
export interface Insight {
  readonly summary: string;
  /** 0 to 100. */
  readonly healthScore: number | null;
  readonly highlights: readonly string[];
  readonly recommendations: readonly string[];
  readonly generatedAt: Date;
}
