import { FakeFigures } from './figures.js';
import { DEVELOPER_TOKEN, ga4, googleAds, googleToken, REFRESH_TOKEN } from './google.js';
import { type Asked, PlatformServer, type Said } from './platform-server.js';

export const SHOPIFY_TOKEN = 'shpat_a-valid-token-of-shopify';
export const META_TOKEN = 'EAAB-a-valid-token-of-meta';
export const TIKTOK_TOKEN = 'a-valid-token-of-tiktok';

/** What opens an account of each of the fake platforms. */
export const CREDENTIALS = {
  shopify: { store_url: 'example.myshopify.com', access_token: SHOPIFY_TOKEN },
  google_ads: {
    developer_token: DEVELOPER_TOKEN,
    customer_id: '123-456-7890',
    client_id: 'a-client-id.apps.googleusercontent.com',
    client_secret: 'GOCSPX-a-client-secret',
    refresh_token: REFRESH_TOKEN,
  },
  meta_ads: { ad_account_id: 'act_222333444', access_token: META_TOKEN },
  ga4: {
    property_id: '345678',
    client_id: 'a-client-id.apps.googleusercontent.com',
    client_secret: 'GOCSPX-a-client-secret',
    refresh_token: REFRESH_TOKEN,
  },
  tiktok_ads: { advertiser_id: '7001002003004005006', access_token: TIKTOK_TOKEN },
} as const;

/** The five platforms in one, answering in the forms that their public documents show. */
export class FakePlatforms {
  private constructor(
    readonly server: PlatformServer,
    readonly figures: FakeFigures,
  ) {}

  static async start(): Promise<FakePlatforms> {
    const figures = new FakeFigures();
    return new FakePlatforms(await PlatformServer.start((asked) => answer(asked, figures)), figures);
  }

  /** The settings that send Portico here. */
  get environment(): Record<string, string> {
    const names = ['SHOPIFY', 'GOOGLE_ADS', 'META_ADS', 'GA4', 'TIKTOK_ADS'];
    return Object.fromEntries(names.map((name) => [`${name}_BASE_URL`, this.server.url]));
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function answer(asked: Asked, figures: FakeFigures): Said {
  const { path } = asked;
  if (path.endsWith('/graphql.json')) return shopify(asked, figures);
  if (path === '/token') return googleToken(asked);
  if (path.endsWith('googleAds:search')) return googleAds(asked, figures);
  if (path.endsWith(':runReport')) return ga4(asked, figures);
  if (path.includes('/act_')) return meta(asked, figures);
  if (path.startsWith('/open_api/')) return tiktok(asked, figures);
  return { status: 404, body: { error: 'no such address' } };
}

/** In the form of the GraphQL Admin API. */
function shopify({ headers, body }: Asked, { orders, rows, timeZone, currency }: FakeFigures): Said {
  if (headers['x-shopify-access-token'] !== SHOPIFY_TOKEN)
    return {
      status: 401,
      body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
    };
  const { query, variables } = JSON.parse(body) as { query: string; variables: { after?: string | null } };
  const cost = { requestedQueryCost: 70, actualQueryCost: 4, throttleStatus: THROTTLE };
  if (!query.includes('orders(')) {
    const shop = { id: 'gid://shopify/Shop/548380009', name: 'Example Shop' };
    const scopes = [{ handle: 'read_orders' }, { handle: 'read_products' }];
    const data = {
      shop: { ...shop, ianaTimezone: timeZone, currencyCode: currency },
      currentAppInstallation: { accessScopes: scopes },
    };
    return { body: { data, extensions: { cost } } };
  }
  const all = [...orders].sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  const start = Number(variables.after ?? 0);
  const end = start + rows;
  const nodes = all.slice(start, end).map(({ createdAt, amount, units, test = false, cancelledAt = null }) => ({
    ...{ createdAt, cancelledAt, test, subtotalLineItemsQuantity: units },
    totalPriceSet: { shopMoney: { amount } },
  }));
  const pageInfo = { hasNextPage: end < all.length, endCursor: nodes.length > 0 ? String(end) : null };
  return { body: { data: { orders: { pageInfo, nodes } }, extensions: { cost } } };
}

const THROTTLE = { maximumAvailable: 2000, currentlyAvailable: 1996, restoreRate: 100 };

/** In the form of the Graph API. */
function meta({ headers, path, query }: Asked, figures: FakeFigures): Said {
  if (headers.authorization !== `Bearer ${META_TOKEN}`)
    return {
      status: 401,
      body: {
        error: { message: 'Invalid OAuth access token.', type: 'OAuthException', code: 190, fbtrace_id: 'A1b2' },
      },
    };
  const { currency, timeZone, rows } = figures;
  const id = /act_\d+/.exec(path)?.[0];
  if (!path.endsWith('/insights')) return { body: { id, name: 'Smith Social', currency, timezone_name: timeZone } };
  const { since, until } = JSON.parse(query.get('time_range') ?? '{}') as { since: string; until: string };
  const all = figures.campaignsIn(since, until).reverse(); // insights have no order of days
  const start = Number(query.get('after') ?? 0);
  const end = start + rows;
  const data = all.slice(start, end).map(({ day, campaign: { id: campaign, name, spend, value, ...one } }) => ({
    ...{ campaign_id: campaign, campaign_name: name, spend, date_start: day, date_stop: day },
    ...{ impressions: String(one.impressions), clicks: String(one.clicks), reach: String(one.reach) },
    actions: [
      { action_type: 'link_click', value: String(one.clicks) },
      { action_type: 'omni_purchase', value: String(one.conversions) },
      { action_type: 'purchase', value: String(one.conversions) },
    ],
    action_values: [{ action_type: 'omni_purchase', value }],
  }));
  const next = { next: `https://graph.facebook.com/v26.0/${id}/insights?access_token=${META_TOKEN}&after=${end}` };
  return { body: { data, paging: { cursors: { before: 'a', after: String(end) }, ...(end < all.length && next) } } };
}

/** In the form of the API for Business: what is wrong is told with status 200. */
function tiktok({ headers, path, query }: Asked, figures: FakeFigures): Said {
  const request = { request_id: '2026061015295501023125104093255' };
  if (headers['access-token'] !== TIKTOK_TOKEN)
    return { body: { code: 40105, message: 'Access token is incorrect or has been revoked.', data: {}, ...request } };
  const { currency, timeZone, rows } = figures;
  const ok = (data: object): Said => ({ body: { code: 0, message: 'OK', data, ...request } });
  if (path.endsWith('/advertiser/info/')) {
    const [advertiser_id] = JSON.parse(query.get('advertiser_ids') ?? '[]') as string[];
    const zones = { timezone: 'Etc/GMT-1', display_timezone: timeZone };
    return ok({ list: [{ advertiser_id, name: 'Smith Videos', currency, ...zones }] });
  }
  const all = figures.campaignsIn(query.get('start_date') ?? '', query.get('end_date') ?? '').reverse();
  const page = Number(query.get('page'));
  const list = all
    .slice((page - 1) * rows, page * rows)
    .map(({ day, campaign: { id, name, spend, value, ...one } }) => ({
      dimensions: { campaign_id: id, stat_time_day: `${day} 00:00:00` },
      metrics: {
        ...{ campaign_name: name, spend, impressions: String(one.impressions), clicks: String(one.clicks) },
        ...{ reach: String(one.reach), conversion: String(one.conversions), total_complete_payment_rate: value },
      },
    }));
  const pages = { page, page_size: rows, total_number: all.length, total_page: Math.ceil(all.length / rows) };
  return ok({ list, page_info: pages });
}
