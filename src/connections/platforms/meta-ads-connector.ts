import type { IncomingHttpHeaders } from 'node:http';
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
import { Decimal } from './decimal.js';
import { Json } from './json.js';
import { statusFault, type VendorAnswer, type VendorCalls } from './vendor-calls.js';
import { type Dated, wholeWindows } from './whole-days.js';

const VERSION = 'v26.0';
const HOST = 'https://graph.facebook.com';
const ROWS = 500;
/** Insights have no order of days: so many are asked for at once. */
const WINDOW_DAYS = 7;
const FIELDS = 'campaign_id,campaign_name,spend,impressions,clicks,reach,actions,action_values';
/** Purchases, wherever they were made; of several names for the same, the first that there is. */
const PURCHASES = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'];

const ACCOUNT: CredentialText = {
  names: ['ad_account_id', 'account_id'],
  form: /^\d{1,20}$/,
  says: 'must be the number of an ad account, such as act_1234567890',
  clean: (text) => text.replace(/^act_/, ''),
};
const TEXTS = [secret('access_token'), ACCOUNT, EXPIRY];

/** The Marketing API of Meta: insights of campaigns by day, page by page. */
export class MetaAdsConnector extends PlatformConnector {
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
    const { body } = await this.get(credentials, '', { fields: 'id,name,currency,timezone_name' });
    const currency = body.at('currency').currency;
    return {
      account: {
        id: textIn(credentials, 'ad_account_id'),
        name: body.at('name').textOrNull,
        timeZone: body.at('timezone_name').timeZone,
        currency,
        storeUrl: null,
        scopes: null,
        tokenExpiresAt: expiryIn(credentials),
      },
      days: (range) =>
        wholeWindows(
          range,
          WINDOW_DAYS,
          (window) => this.insights(credentials, window),
          (date, rows) => dayFigures(date, currency, rows),
        ),
    };
  }

  /** Pages are asked for by their cursor: the address of the next one, which is in the answer too, holds the token. */
  private async *insights(credentials: Credentials, { from, to }: DayRange): AsyncGenerator<Dated<Json>> {
    const asked = {
      ...{ level: 'campaign', time_increment: '1', fields: FIELDS, limit: String(ROWS) },
      time_range: JSON.stringify({ since: from, until: to }),
    };
    for (let after: string | null = ''; after !== null;) {
      const { body } = await this.get(credentials, '/insights', { ...asked, ...(after && { after }) });
      for (const row of body.at('data').items) yield [row.at('date_start').day, row];
      const paging = body.at('paging');
      after = paging.at('next').isThere ? paging.at('cursors', 'after').textOrNull : null;
    }
  }

  private get(credentials: Credentials, path: string, query: Record<string, string>): Promise<VendorAnswer> {
    const id = textIn(credentials, 'ad_account_id');
    const url = new URL(`${this.baseUrl ?? HOST}/${VERSION}/act_${id}${path}`);
    url.search = new URLSearchParams(query).toString();
    const headers = { Authorization: `Bearer ${textIn(credentials, 'access_token')}`, Accept: 'application/json' };
    return this.calls.json({ method: 'GET', url, headers }, metaFault);
  }
}

function dayFigures(date: string, currency: string, rows: readonly Json[]): DayFigures {
  const campaigns = rows.map((row) =>
    campaignFigures({
      id: row.at('campaign_id').text,
      name: row.at('campaign_name').textOrNull,
      status: null,
      spend: row.at('spend').decimal,
      impressions: row.at('impressions').count,
      clicks: row.at('clicks').count,
      conversions: purchases(row.at('actions')),
      conversionValue: purchases(row.at('action_values')),
      reach: row.at('reach').isThere ? row.at('reach').count : null,
    }),
  );
  return { date, currency, campaigns, metrics: [] };
}

function purchases(actions: Json): Decimal {
  const byType = new Map(actions.items.map((action) => [action.at('action_type').textOrNull, action.at('value')]));
  const type = PURCHASES.find((name) => byType.has(name));
  return (type !== undefined && byType.get(type)?.decimal) || Decimal.ZERO;
}

const TOKEN_CODES = new Set([102, 190, 10, 3]);
const LIMIT_CODES = new Set([4, 17, 32, 341, 613]);
const PASSING_CODES = new Set([1, 2]);

/** The fault in `{ error: { code, message, is_transient } }`: the codes of the Graph API. */
export function metaFault(answer: VendorAnswer): PlatformFault | null {
  const { status, headers, body } = answer;
  const error = body.at('error');
  if (status < 400 && !error.isThere) return null;
  const said = error.at('error_user_msg').textOrNull ?? error.at('message').textOrNull;
  const message = said ?? `the platform answered with status ${status}`;
  const code = error.at('code').isThere ? error.at('code').count : 0;
  if (LIMIT_CODES.has(code) || (code >= 80_000 && code <= 80_014))
    return new PlatformFault('rate_limited', message, waitIn(headers));
  if (TOKEN_CODES.has(code) || (code >= 200 && code <= 299)) return new PlatformFault('credentials', message);
  if (PASSING_CODES.has(code) || error.at('is_transient').isTrue) return new PlatformFault('unavailable', message);
  return statusFault({ status, headers }, said) ?? new PlatformFault('refused', message);
}

/** The longest wait that the headers about usage tell of, in seconds; null without one. */
function waitIn(headers: IncomingHttpHeaders): number | null {
  const business = usage(headers['x-business-use-case-usage']).members.flatMap(({ items }) => items);
  const waits = [
    ...business.map((one) => one.at('estimated_time_to_regain_access').count * 60),
    usage(headers['x-ad-account-usage']).at('reset_time_duration').count,
  ];
  return Math.max(...waits) || null;
}

function usage(header: string | string[] | undefined): Json {
  try {
    return new Json(JSON.parse(String(header ?? 'null')));
  } catch {
    return new Json(null); // it would only have told how long to wait
  }
}
