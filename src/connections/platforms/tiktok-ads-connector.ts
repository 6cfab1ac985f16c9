import {
  type Credentials,
  type DayFigures,
  type DayRange,
  PlatformConnector,
  PlatformFault,
  type PlatformSession,
} from '@portico/domain/connections';
import { campaignFigures } from './campaign.js';
import { type CredentialText, EXPIRY, expiryIn, readTexts, secret, textIn } from './credential-shape.js';
import type { Json } from './json.js';
import { retryAfter, statusFault, type VendorAnswer, type VendorCalls } from './vendor-calls.js';
import { type Dated, wholeWindows } from './whole-days.js';

const VERSION = 'v1.3';
const HOST = 'https://business-api.tiktok.com';
const ROWS = 1000;
/** Reports have no order of days: so many are asked for at once; 30 is the most. */
const WINDOW_DAYS = 7;
/** What TikTok calls a rate is the value of all payments. */
const VALUE = 'total_complete_payment_rate';
const METRICS = ['campaign_name', 'spend', 'impressions', 'clicks', 'reach', 'conversion', VALUE];

const ADVERTISER: CredentialText = {
  names: ['advertiser_id', 'account_id'],
  form: /^\d{1,25}$/,
  says: 'must be the number of an advertiser',
};
const TEXTS = [secret('access_token'), ADVERTISER, EXPIRY];

/** The TikTok API for Business: the integrated report of campaigns by day, page by page. */
export class TiktokAdsConnector extends PlatformConnector {
  constructor(
    private readonly calls: VendorCalls,
    private readonly baseUrl: string | null,
  ) {
    super();
  }

  checked(raw: Credentials): Credentials {
    return readTexts(raw, TEXTS);
  }

  async open(credentials: Credentials): Promise<PlatformSession> {
    const id = textIn(credentials, 'advertiser_id');
    const list = await this.get(credentials, 'advertiser/info/', {
      advertiser_ids: JSON.stringify([id]),
      fields: JSON.stringify(['advertiser_id', 'name', 'currency', 'timezone', 'display_timezone']),
    });
    const [advertiser] = list.at('list').items;
    if (!advertiser) throw new PlatformFault('credentials', `the token does not open the advertiser ${id}`);
    const currency = advertiser.at('currency').currency;
    return {
      account: {
        id,
        name: advertiser.at('name').textOrNull,
        timeZone: advertiser.at('display_timezone').timeZoneOrNull ?? advertiser.at('timezone').timeZone,
        currency,
        storeUrl: null,
        scopes: null,
        tokenExpiresAt: expiryIn(credentials),
      },
      days: (range) =>
        wholeWindows(
          range,
          WINDOW_DAYS,
          (window) => this.report(credentials, window),
          (date, rows) => dayFigures(date, currency, rows),
        ),
    };
  }

  private async *report(credentials: Credentials, { from, to }: DayRange): AsyncGenerator<Dated<Json>> {
    for (let [page, pages] = [1, 1]; page <= pages; page++) {
      const data = await this.get(credentials, 'report/integrated/get/', {
        advertiser_id: textIn(credentials, 'advertiser_id'),
        report_type: 'BASIC',
        data_level: 'AUCTION_CAMPAIGN',
        dimensions: JSON.stringify(['campaign_id', 'stat_time_day']),
        metrics: JSON.stringify(METRICS),
        start_date: from,
        end_date: to,
        page: String(page),
        page_size: String(ROWS),
      });
      const rows = data.at('list').items;
      for (const row of rows) yield [row.at('dimensions', 'stat_time_day').day, row];
      pages = rows.length > 0 ? data.at('page_info', 'total_page').count : 0;
    }
  }

  private async get(credentials: Credentials, path: string, query: Record<string, string>): Promise<Json> {
    const url = new URL(`${this.baseUrl ?? HOST}/open_api/${VERSION}/${path}`);
    url.search = new URLSearchParams(query).toString();
    const headers = { 'Access-Token': textIn(credentials, 'access_token'), Accept: 'application/json' };
    return (await this.calls.json({ method: 'GET', url, headers }, tiktokFault)).body.at('data');
  }
}

function dayFigures(date: string, currency: string, rows: readonly Json[]): DayFigures {
  const campaigns = rows.map((row) => {
    const metrics = row.at('metrics');
    return campaignFigures({
      id: row.at('dimensions', 'campaign_id').text,
      name: metrics.at('campaign_name').textOrNull,
      status: null,
      spend: metrics.at('spend').decimal,
      impressions: metrics.at('impressions').count,
      clicks: metrics.at('clicks').count,
      conversions: metrics.at('conversion').decimal,
      conversionValue: metrics.at(VALUE).decimal,
      reach: metrics.at('reach').isThere ? metrics.at('reach').count : null,
    });
  });
  return { date, currency, campaigns, metrics: [] };
}

const TOKEN_CODES = new Set([40001, 40101, 40102, 40103, 40104, 40105]);
const LIMIT_CODES = new Set([40100, 51021]);
/** In seconds: the limit is one of a second, and the answer does not say how long to wait. */
const SHORT_WAIT = 2;

/** The fault in `{ code, message }`: a code other than 0, whatever the status is. */
export function tiktokFault({ status, headers, body }: VendorAnswer): PlatformFault | null {
  const code = body.at('code').isThere ? body.at('code').count : null;
  if (status < 400 && code === 0) return null;
  const said = body.at('message').textOrNull;
  const message = said ?? `the platform answered with status ${status}`;
  if (code === null) return statusFault({ status, headers }, said) ?? new PlatformFault('malformed', message);
  const wait = retryAfter(headers);
  if (LIMIT_CODES.has(code)) return new PlatformFault('rate_limited', message, wait ?? SHORT_WAIT);
  if (TOKEN_CODES.has(code)) return new PlatformFault('credentials', message);
  if (code >= 50_000) return new PlatformFault('unavailable', message, wait);
  return new PlatformFault('refused', message);
}
