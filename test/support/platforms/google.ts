import type { FakeFigures } from './figures.js';
import type { Asked, Said } from './platform-server.js';

export const GOOGLE_TOKEN = 'ya29.a-valid-token-of-google';
export const REFRESH_TOKEN = '1//a-refresh-token-of-google';
export const DEVELOPER_TOKEN = 'a-developer-token';

/** In the form of https://developers.google.com/identity/protocols/oauth2: a refresh, or what a service account signs. */
export function googleToken({ body }: Asked): Said {
  const form = new URLSearchParams(body);
  const isValid = form.get('refresh_token') === REFRESH_TOKEN || (form.get('assertion') ?? '').split('.').length === 3;
  if (!isValid)
    return {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    };
  const scope = 'https://www.googleapis.com/auth/adwords';
  return { body: { access_token: GOOGLE_TOKEN, expires_in: 3599, scope, token_type: 'Bearer' } };
}

const unauthenticated: Said = {
  status: 401,
  body: {
    error: {
      code: 401,
      message: 'Request had invalid authentication credentials.',
      status: 'UNAUTHENTICATED',
      details: [],
    },
  },
};

const isBearer = ({ headers }: Asked): boolean => headers.authorization === `Bearer ${GOOGLE_TOKEN}`;

/** In the form of `googleAds:search`. */
export function googleAds(asked: Asked, figures: FakeFigures): Said {
  if (!isBearer(asked) || asked.headers['developer-token'] !== DEVELOPER_TOKEN) return unauthenticated;
  const { query, pageToken = '0' } = JSON.parse(asked.body) as { query: string; pageToken?: string };
  if (query.includes('FROM customer')) {
    const id = /customers\/(\d+)/.exec(asked.path)?.[1];
    const { currency: currencyCode, timeZone } = figures;
    const customer = { resourceName: `customers/${id}`, id, descriptiveName: 'Smith Search', currencyCode, timeZone };
    return { body: { results: [{ customer }], fieldMask: 'customer.id' } };
  }
  const [, from = '', to = ''] = /BETWEEN '([\d-]+)' AND '([\d-]+)'/.exec(query) ?? [];
  const all = figures.campaignsIn(from, to);
  const start = Number(pageToken);
  const end = start + figures.rows;
  const results = all.slice(start, end).map(({ day, campaign: { id, name, spend, ...one } }) => ({
    campaign: { resourceName: `customers/1/campaigns/${id}`, id, name, status: 'ENABLED' },
    metrics: {
      costMicros: String(Math.round(Number(spend) * 1_000_000)),
      impressions: String(one.impressions),
      clicks: String(one.clicks),
      conversions: one.conversions,
      conversionsValue: Number(one.value),
    },
    segments: { date: day },
  }));
  return { body: { results, ...(end < all.length && { nextPageToken: String(end) }) } };
}

/** In the form of `runReport`. */
export function ga4(asked: Asked, { visits, currency: currencyCode, timeZone, rows }: FakeFigures): Said {
  if (!isBearer(asked)) return unauthenticated;
  const { dateRanges, offset, metrics } = JSON.parse(asked.body) as {
    dateRanges: { startDate: string; endDate: string }[];
    offset: string;
    metrics: { name: string }[];
  };
  const [range = { startDate: '', endDate: '' }] = dateRanges;
  const all = [...visits].filter(([day]) => day >= range.startDate && day <= range.endDate).sort();
  const page = all.slice(Number(offset), Number(offset) + rows).map(([day, values]) => ({
    dimensionValues: [{ value: day.replaceAll('-', '') }],
    metricValues: metrics.map((_metric, index) => ({ value: values[index] ?? '0' })),
  }));
  return {
    body: {
      dimensionHeaders: [{ name: 'date' }],
      metricHeaders: metrics.map(({ name }) => ({ name, type: 'TYPE_INTEGER' })),
      ...(page.length > 0 && { rows: page, rowCount: all.length }),
      metadata: { currencyCode, timeZone },
      kind: 'analyticsData#runReport',
    },
  };
}
