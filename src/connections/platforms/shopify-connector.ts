import {
  type Credentials,
  type DayFigures,
  type DayRange,
  addDays,
  PlatformConnector,
  PlatformFault,
  type PlatformSession,
} from '@portico/domain/connections';
import { dayIn } from '@portico/domain/kernel';
import { type CredentialText, EXPIRY, expiryIn, readTexts, secret, textIn } from './credential-shape.js';
import { Decimal } from './decimal.js';
import type { Json } from './json.js';
import { statusFault, type VendorAnswer, type VendorCalls } from './vendor-calls.js';
import { type Dated, wholeDays } from './whole-days.js';

const VERSION = '2026-07';
/** Of orders: a page costs about three times as many points, and a query a thousand at most. */
const ROWS = 250;
const READING_ORDERS = ['read_orders', 'write_orders', 'read_all_orders'];

const STORE: CredentialText = {
  names: ['store_url', 'shop', 'shop_domain', 'store'],
  form: /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/,
  says: 'must be the address of a shop, such as example.myshopify.com',
  clean: (text) => text.toLowerCase().replace(/^https:\/\//, '').replace(/\/+$/, ''), // prettier-ignore
};
const TEXTS = [STORE, secret('access_token'), EXPIRY];

const ACCOUNT = `query {
  shop { id name ianaTimezone currencyCode }
  currentAppInstallation { accessScopes { handle } }
}`;
const ORDERS = `query ($rows: Int!, $after: String, $created: String!) {
  orders(first: $rows, after: $after, query: $created, sortKey: CREATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { createdAt cancelledAt test subtotalLineItemsQuantity totalPriceSet { shopMoney { amount } } }
  }
}`;

/** The GraphQL Admin API of Shopify: the orders of a shop, summed up by the day on which they were made. */
export class ShopifyConnector extends PlatformConnector {
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
    const data = await this.ask(credentials, ACCOUNT, {});
    const [shop, scopes] = [data.at('shop'), data.at('currentAppInstallation', 'accessScopes').items];
    const handles = scopes.map((scope) => scope.at('handle').text);
    if (!handles.some((handle) => READING_ORDERS.includes(handle)))
      throw new PlatformFault('credentials', 'the token has not the scope read_orders');
    const [timeZone, currency] = [shop.at('ianaTimezone').timeZone, shop.at('currencyCode').currency];
    return {
      account: {
        id: shop.at('id').text.replace(/^.*\//, ''),
        name: shop.at('name').textOrNull,
        timeZone,
        currency,
        storeUrl: `https://${textIn(credentials, 'store_url')}`,
        scopes: handles,
        tokenExpiresAt: expiryIn(credentials),
      },
      days: (range) =>
        wholeDays(range, this.orders(credentials, range, timeZone), (date, orders) =>
          dayFigures(date, currency, orders),
        ),
    };
  }

  /** The shop's days begin at other instants than those of UTC: a day more at each end holds them all. */
  private async *orders(credentials: Credentials, range: DayRange, timeZone: string): AsyncGenerator<Dated<Json>> {
    const created = `created_at:>='${addDays(range.from, -1)}T00:00:00Z' AND created_at:<'${addDays(range.to, 2)}T00:00:00Z'`;
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page = (await this.ask(credentials, ORDERS, { rows: ROWS, after, created })).at('orders');
      for (const order of page.at('nodes').items) yield [dayIn(timeZone, instantOf(order.at('createdAt'))), order];
      after = page.at('pageInfo', 'endCursor').textOrNull;
      hasMore = page.at('pageInfo', 'hasNextPage').isTrue && after !== null;
    }
  }

  private async ask(credentials: Credentials, query: string, variables: object): Promise<Json> {
    const origin = this.baseUrl ?? `https://${textIn(credentials, 'store_url')}`;
    const url = new URL(`${origin}/admin/api/${VERSION}/graphql.json`);
    const headers = {
      'X-Shopify-Access-Token': textIn(credentials, 'access_token'),
      'Content-Type': 'application/json',
      Accept: 'application/json',
    };
    const body = JSON.stringify({ query, variables });
    return (await this.calls.json({ method: 'POST', url, headers, body }, shopifyFault)).body.at('data');
  }
}

function instantOf(json: Json): Date {
  const instant = new Date(json.text);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new PlatformFault('malformed', 'the platform answered in an unknown form: createdAt is not an instant');
}

/** Orders that count: neither tests nor cancelled. Amounts are those of the order when it was made, taxes included. */
function dayFigures(date: string, currency: string, orders: readonly Json[]): DayFigures {
  const counted = orders.filter((order) => !order.at('test').isTrue && !order.at('cancelledAt').isThere);
  const sum = (valueOf: (order: Json) => Decimal) =>
    counted.reduce((total, order) => total.plus(valueOf(order)), Decimal.ZERO);
  const revenue = sum((order) => order.at('totalPriceSet', 'shopMoney', 'amount').decimal);
  const units = sum((order) => order.at('subtotalLineItemsQuantity').decimal);
  const metrics = [
    { key: 'revenue', label: 'Revenue', unit: currency, value: revenue.text(4) },
    { key: 'orders', label: 'Orders', unit: null, value: `${counted.length}` },
    { key: 'units_sold', label: 'Units sold', unit: null, value: units.text(4) },
  ];
  return { date, currency, campaigns: [], metrics };
}

/** The fault in an answer of GraphQL: `errors` is a list there, and text where there is no GraphQL. */
export function shopifyFault(answer: VendorAnswer): PlatformFault | null {
  const { status, headers, body } = answer;
  const told = body.at('errors');
  if (status < 400 && !told.isThere) return null;
  if (told.textOrNull !== null || !told.isThere || status >= 400)
    return statusFault({ status, headers }, told.textOrNull) ?? new PlatformFault('refused', told.text);
  const [error] = told.items;
  const message = error?.at('message').textOrNull ?? 'the platform refused the query';
  switch (error?.at('extensions', 'code').textOrNull) {
    case 'THROTTLED':
      return new PlatformFault('rate_limited', message, restoreSeconds(body.at('extensions', 'cost')));
    case 'ACCESS_DENIED':
      return new PlatformFault('credentials', message);
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return new PlatformFault('unavailable', message);
    default:
      return new PlatformFault('refused', message);
  }
}

/** Until the bucket holds again what the query costs; null when the platform does not tell. */
function restoreSeconds(cost: Json): number | null {
  const [wanted, throttle] = [cost.at('requestedQueryCost'), cost.at('throttleStatus')];
  const rate = throttle.at('restoreRate').count;
  if (!wanted.isThere || rate === 0) return null;
  return Math.max(1, Math.ceil((wanted.count - throttle.at('currentlyAvailable').count) / rate));
}
