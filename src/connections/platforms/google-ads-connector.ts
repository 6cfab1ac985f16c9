import {
  type Credentials,
  type DayFigures,
  type DayRange,
  PlatformConnector,
  type PlatformSession,
} from '@portico/domain/connections';
import type { Clock } from '@portico/domain/kernel';
import { campaignFigures } from './campaign.js';
import { type CredentialText, expiryIn, secret, textIn } from './credential-shape.js';
import { Decimal } from './decimal.js';
import { readGoogleCredentials } from './google-credentials.js';
import { googleFault, GoogleLogin } from './google-login.js';
import { Json } from './json.js';
import type { VendorCalls } from './vendor-calls.js';
import { type Dated, wholeDays } from './whole-days.js';

const VERSION = 'v26';
const HOST = 'https://googleads.googleapis.com';
const SCOPE = 'https://www.googleapis.com/auth/adwords';

/** `123-456-7890` is written with dashes, and sent without. */
const customer = (names: CredentialText['names'], isOptional?: true): CredentialText => ({
  names,
  form: /^\d{10}$/,
  says: 'must be the number of a Google Ads account: ten digits',
  clean: (text) => text.replaceAll('-', ''),
  isOptional,
});
const TEXTS = [
  secret('developer_token'),
  customer(['customer_id', 'account_id']),
  customer(['login_customer_id'], true),
] as const;

const ACCOUNT =
  'SELECT customer.id, customer.descriptive_name, customer.currency_code, customer.time_zone FROM customer LIMIT 1';
const campaigns = ({ from, to }: DayRange): string => `
  SELECT campaign.id, campaign.name, campaign.status, segments.date, metrics.cost_micros, metrics.impressions,
    metrics.clicks, metrics.conversions, metrics.conversions_value
  FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}' ORDER BY segments.date, campaign.id`;

/** The Google Ads API over REST: `googleAds:search`, page by page. */
export class GoogleAdsConnector extends PlatformConnector {
  constructor(
    private readonly calls: VendorCalls,
    private readonly clock: Clock,
    private readonly baseUrl: string | null,
  ) {
    super();
  }

  checked(raw: Credentials): Credentials {
    return readGoogleCredentials(raw, TEXTS);
  }

  async open(credentials: Credentials): Promise<PlatformSession> {
    const login = new GoogleLogin(credentials, SCOPE, this.calls, this.clock, this.baseUrl);
    const rows: Json[] = [];
    for await (const row of this.search(credentials, login, ACCOUNT)) rows.push(row.at('customer'));
    const customer = rows[0] ?? new Json(undefined, 'customer');
    const currency = customer.at('currencyCode').currency;
    return {
      account: {
        id: textIn(credentials, 'customer_id'),
        name: customer.at('descriptiveName').textOrNull,
        timeZone: customer.at('timeZone').timeZone,
        currency,
        storeUrl: null,
        scopes: login.scopes,
        tokenExpiresAt: expiryIn(credentials),
      },
      days: (range) =>
        wholeDays(range, dated(this.search(credentials, login, campaigns(range))), (date, found) =>
          dayFigures(date, currency, found),
        ),
    };
  }

  private async *search(credentials: Credentials, login: GoogleLogin, query: string): AsyncGenerator<Json> {
    const id = textIn(credentials, 'customer_id');
    const url = new URL(`${this.baseUrl ?? HOST}/${VERSION}/customers/${id}/googleAds:search`);
    const manager = credentials['login_customer_id'];
    for (let page: string | null = ''; page !== null;) {
      const headers = {
        Authorization: `Bearer ${await login.token()}`,
        'developer-token': textIn(credentials, 'developer_token'),
        'Content-Type': 'application/json',
        ...(typeof manager === 'string' && { 'login-customer-id': manager }),
      };
      const body = JSON.stringify({ query: query.replace(/\s+/g, ' ').trim(), ...(page && { pageToken: page }) });
      const answer = await this.calls.json({ method: 'POST', url, headers, body }, googleFault);
      yield* answer.body.at('results').items;
      page = answer.body.at('nextPageToken').textOrNull;
    }
  }
}

async function* dated(rows: AsyncIterable<Json>): AsyncGenerator<Dated<Json>> {
  for await (const row of rows) yield [row.at('segments', 'date').day, row];
}

function dayFigures(date: string, currency: string, rows: readonly Json[]): DayFigures {
  const found = rows.map((row) => {
    const [campaign, metrics] = [row.at('campaign'), row.at('metrics')];
    return campaignFigures({
      id: campaign.at('id').text,
      name: campaign.at('name').textOrNull,
      status: campaign.at('status').textOrNull,
      spend: Decimal.micros(metrics.at('costMicros').count),
      impressions: metrics.at('impressions').count,
      clicks: metrics.at('clicks').count,
      conversions: metrics.at('conversions').decimal,
      conversionValue: metrics.at('conversionsValue').decimal,
      reach: null, // there is none for campaigns by day
    });
  });
  return { date, currency, campaigns: found, metrics: [] };
}
