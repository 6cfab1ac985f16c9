import {
  type Credentials,
  type DayFigures,
  type DayRange,
  PlatformConnector,
  type PlatformSession,
} from '@portico/domain/connections';
import type { Clock } from '@portico/domain/kernel';
import { type CredentialText, expiryIn, textIn } from './credential-shape.js';
import { readGoogleCredentials } from './google-credentials.js';
import { googleFault, GoogleLogin } from './google-login.js';
import type { Json } from './json.js';
import type { VendorCalls } from './vendor-calls.js';
import { type Dated, wholeDays } from './whole-days.js';

const VERSION = 'v1beta';
const HOST = 'https://analyticsdata.googleapis.com';
const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';
/** A day is a row. */
const ROWS = 250;

const PROPERTY: CredentialText = {
  names: ['property_id', 'account_id'],
  form: /^\d{1,20}$/,
  says: 'must be the number of a Google Analytics property',
  clean: (text) => text.replace(/^properties\//, ''),
};

/** What is asked for: only what can be added up over days. Sales bear other names than those of a shop's own. */
const METRICS = [
  { of: 'sessions', key: 'sessions', label: 'Sessions' },
  { of: 'engagedSessions', key: 'engaged_sessions', label: 'Engaged sessions' },
  { of: 'newUsers', key: 'new_users', label: 'New users' },
  { of: 'screenPageViews', key: 'page_views', label: 'Page views' },
  { of: 'keyEvents', key: 'key_events', label: 'Key events' },
  { of: 'transactions', key: 'transactions', label: 'Transactions' },
  { of: 'purchaseRevenue', key: 'purchase_revenue', label: 'Purchase revenue', isMoney: true },
] as const;

interface Report {
  readonly range: { readonly startDate: string; readonly endDate: string };
  readonly metrics: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

/** The Google Analytics Data API: `runReport`, by day. */
export class Ga4Connector extends PlatformConnector {
  constructor(
    private readonly calls: VendorCalls,
    private readonly clock: Clock,
    private readonly baseUrl: string | null,
  ) {
    super();
  }

  checked(raw: Credentials): Credentials {
    return readGoogleCredentials(raw, [PROPERTY]);
  }

  async open(credentials: Credentials): Promise<PlatformSession> {
    const login = new GoogleLogin(credentials, SCOPE, this.calls, this.clock, this.baseUrl);
    const range = { startDate: 'yesterday', endDate: 'today' };
    const { metadata } = await this.report(credentials, login, { range, metrics: ['sessions'], limit: 1, offset: 0 });
    const currency = metadata.at('currencyCode').currency;
    return {
      account: {
        id: textIn(credentials, 'property_id'),
        name: null,
        timeZone: metadata.at('timeZone').timeZone,
        currency,
        storeUrl: null,
        scopes: login.scopes,
        tokenExpiresAt: expiryIn(credentials),
      },
      days: (days) =>
        wholeDays(days, this.rows(credentials, login, days), (date, rows) => dayFigures(date, currency, rows)),
    };
  }

  private async *rows(credentials: Credentials, login: GoogleLogin, days: DayRange): AsyncGenerator<Dated<Json>> {
    const range = { startDate: days.from, endDate: days.to };
    const metrics = METRICS.map(({ of }) => of);
    for (let [offset, count] = [0, 1]; offset < count;) {
      const report = await this.report(credentials, login, { range, metrics, limit: ROWS, offset });
      for (const row of report.rows) yield [row.at('dimensionValues', 0, 'value').day, row];
      [offset, count] = [offset + report.rows.length, report.rows.length > 0 ? report.count : 0];
    }
  }

  private async report(
    credentials: Credentials,
    login: GoogleLogin,
    { range, metrics, limit, offset }: Report,
  ): Promise<{ rows: Json[]; count: number; metadata: Json }> {
    const id = textIn(credentials, 'property_id');
    const url = new URL(`${this.baseUrl ?? HOST}/${VERSION}/properties/${id}:runReport`);
    const headers = { Authorization: `Bearer ${await login.token()}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({
      dateRanges: [range],
      dimensions: [{ name: 'date' }],
      metrics: metrics.map((name) => ({ name })),
      orderBys: [{ dimension: { dimensionName: 'date' } }],
      limit: String(limit),
      offset: String(offset),
    });
    const answer = await this.calls.json({ method: 'POST', url, headers, body }, googleFault);
    return {
      rows: answer.body.at('rows').items,
      count: answer.body.at('rowCount').count,
      metadata: answer.body.at('metadata'),
    };
  }
}

/** A day without any visits has no row, and no figures. */
function dayFigures(date: string, currency: string, rows: readonly Json[]): DayFigures {
  const metrics = rows.slice(0, 1).flatMap((row) =>
    METRICS.map(({ key, label, ...metric }, index) => {
      const value = row.at('metricValues', index, 'value').decimal.text(4);
      return { key, label, unit: 'isMoney' in metric ? currency : null, value };
    }),
  );
  return { date, currency, campaigns: [], metrics };
}
