import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { CREDENTIALS } from '../../support/platforms/fake-platforms.js';
import { GOOGLE_TOKEN } from '../../support/platforms/google.js';
import { ConnectedPlatforms } from './connected.js';

let platforms: ConnectedPlatforms;

beforeEach(async () => {
  platforms = await ConnectedPlatforms.start();
});
afterEach(() => platforms.close());

const figures = () => platforms.fakes.figures;
const server = () => platforms.fakes.server;
const order = (createdAt: string, amount: string, units = 1, changes: object = {}) => ({
  ...{ createdAt, amount, units },
  ...changes,
});

describe('shopify', () => {
  const metrics = async (from: string, to: string) => {
    const { days, fault } = await platforms.days('shopify', from, to);
    expect(fault).toBeNull();
    return days.map(({ date, metrics: found }) => [date, ...found.map(({ key, value }) => `${key} ${value}`)]);
  };

  it('tells of the shop, and what the token may do', async () => {
    expect((await platforms.open('shopify')).account).toEqual({
      ...{ id: '548380009', name: 'Example Shop', timeZone: 'Europe/Berlin', currency: 'EUR' },
      ...{ storeUrl: 'https://example.myshopify.com', scopes: ['read_orders', 'read_products'], tokenExpiresAt: null },
    });
    expect(server().asked[0]).toMatchObject({ method: 'POST', path: '/admin/api/2026-07/graphql.json' });
  });

  it('sums orders up by the day of the shop on which they were made, over all pages', async () => {
    figures().timeZone = 'Pacific/Auckland'; // thirteen hours before UTC until the 5th of April 2026
    figures().orders = [
      order('2026-02-28T10:59:59Z', '1000.00'), // the 28th there
      order('2026-02-28T11:00:00Z', '19.99', 2), // the 1st there
      order('2026-03-01T10:59:59Z', '0.01', 3),
      order('2026-03-02T20:00:00Z', '5.10'), // the 3rd there
      order('2026-03-02T20:00:01Z', '100.00', 1, { test: true }),
      order('2026-03-02T20:00:02Z', '100.00', 1, { cancelledAt: '2026-03-03T00:00:00Z' }),
      order('2026-03-03T11:00:00Z', '7.00'), // the 4th there
    ];
    expect(await metrics('2026-03-01', '2026-03-03')).toEqual([
      ['2026-03-01', 'revenue 20.0000', 'orders 2', 'units_sold 5.0000'],
      ['2026-03-02', 'revenue 0.0000', 'orders 0', 'units_sold 0.0000'],
      ['2026-03-03', 'revenue 5.1000', 'orders 1', 'units_sold 1.0000'],
    ]);
    const cursors = server().asked.slice(1).map(({ body }) => (JSON.parse(body) as { variables: { after: unknown } }).variables.after); // prettier-ignore
    expect(cursors).toEqual([null, '2', '4', '6']);
  });

  it('shows revenue in the currency of the shop', async () => {
    const { days } = await platforms.days('shopify', '2026-03-01', '2026-03-01');
    expect(days[0]?.metrics[0]).toEqual({ key: 'revenue', label: 'Revenue', unit: 'EUR', value: '0.0000' });
  });

  it('keeps the days before the page that fails', async () => {
    figures().rows = 1;
    figures().orders = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => order(`${day}T12:00:00Z`, '1.00'));
    const session = await platforms.open('shopify');
    const days: string[] = [];
    const pull = async () => {
      for await (const { date } of session.days({ from: '2026-03-01', to: '2026-03-03' })) {
        days.push(date);
        server().answerNext('graphql.json', { status: 502, body: 'Bad gateway' });
      }
    };
    await expect(pull()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(days).toEqual(['2026-03-01']);
  });

  it('waits until its bucket holds enough again', async () => {
    const throttled = {
      body: {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: {
          cost: {
            ...{ requestedQueryCost: 702, actualQueryCost: null },
            throttleStatus: { maximumAvailable: 1000, currentlyAvailable: 202, restoreRate: 50 },
          },
        },
      },
    };
    server().answerNext('graphql.json', throttled);
    expect((await platforms.open('shopify')).account.id).toBe('548380009');
    expect(platforms.waits).toEqual([10_000]);
  });

  it.each([
    [{ status: 429, headers: { 'Retry-After': '2.0' }, body: { errors: 'Exceeded the limit' } }, 'rate_limited'],
    [{ status: 403, body: { errors: '[API] This action requires merchant approval' } }, 'credentials'],
    [{ status: 402, body: { errors: 'Unavailable Shop' } }, 'refused'],
    [{ status: 404, body: { errors: 'Not Found' } }, 'refused'],
    [{ status: 503, body: '' }, 'unavailable'],
    [{ body: { errors: [{ message: 'Access denied', extensions: { code: 'ACCESS_DENIED' } }] } }, 'credentials'],
    [{ body: { errors: [{ message: 'Wait', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } }, 'unavailable'],
    [{ body: { errors: [{ message: "Field 'x' doesn't exist" }] } }, 'refused'],
    [{ status: 302, headers: { Location: 'http://169.254.169.254/' } }, 'refused'],
    [{ body: 'no JSON' }, 'malformed'],
    [{ body: { data: { shop: {} } } }, 'credentials'],
  ])('answered %j: %s', async (answer, kind) => {
    server().answerNext('graphql.json', answer, answer, answer, answer);
    await expect(platforms.open('shopify')).rejects.toMatchObject({ kind });
  });

  it('is given up after a while', async () => {
    server().answerNext('graphql.json', () => new Promise(() => undefined));
    await expect(platforms.open('shopify')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('ga4', () => {
  const VISITS = ['120', '80', '33', '410', '6', '2', '99.9'];

  it('gives what can be added up, by day, over all pages', async () => {
    for (const day of ['2026-03-01', '2026-03-02', '2026-03-04']) figures().visits.set(day, VISITS);
    const { days, fault } = await platforms.days('ga4', '2026-03-01', '2026-03-04');
    expect(fault).toBeNull();
    expect(days.map(({ metrics }) => metrics.length)).toEqual([7, 7, 0, 7]);
    expect(days[3]?.metrics.map(({ key, value, unit }) => [key, value, unit])).toEqual([
      ['sessions', '120.0000', null],
      ['engaged_sessions', '80.0000', null],
      ['new_users', '33.0000', null],
      ['page_views', '410.0000', null],
      ['key_events', '6.0000', null],
      ['transactions', '2.0000', null],
      ['purchase_revenue', '99.9000', 'EUR'],
    ]);
    const [, ...reports] = server()
      .to(':runReport')
      .map(({ body }) => (JSON.parse(body) as { offset: string }).offset);
    expect(reports).toEqual(['0', '2']);
  });

  it('is opened by a service account, which signs for Google and nobody else', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const file = {
      type: 'service_account',
      client_email: 'reader@example.iam.gserviceaccount.com',
      private_key: key,
      token_uri: 'https://attacker.example/token',
    };
    for (const service_account of [file, JSON.stringify(file)]) {
      const { account } = await platforms.open('ga4', { property_id: 'properties/345678', service_account });
      expect(account).toMatchObject({ id: '345678', timeZone: 'Europe/Berlin', currency: 'EUR' });
    }
    const form = new URLSearchParams(server().to('/token')[0]?.body);
    const { payload } = await jwtVerify(form.get('assertion') ?? '', publicKey, { currentDate: platforms.clock.now() });
    expect(payload).toMatchObject({
      ...{ iss: file.client_email, aud: 'https://oauth2.googleapis.com/token' },
      scope: 'https://www.googleapis.com/auth/analytics.readonly',
    });
  });

  it('is opened by an access token for as long as that lasts', async () => {
    const expiry = '2026-03-10T13:00:00Z';
    const credentials = { property_id: 345678, access_token: GOOGLE_TOKEN, token_expires_at: expiry };
    expect((await platforms.open('ga4', credentials)).account.tokenExpiresAt).toEqual(new Date(expiry));
    expect(server().to('/token')).toEqual([]);
    const ended = platforms.open('ga4', { ...credentials, access_token: 'ya29.another' });
    await expect(ended).rejects.toMatchObject({ kind: 'credentials' });
  });

  it('is asked again later when its quota is used up', async () => {
    const error = { code: 429, message: 'Exhausted property tokens per hour.', status: 'RESOURCE_EXHAUSTED' };
    server().answerNext(':runReport', { status: 429, body: { error } });
    await expect(platforms.open('ga4')).rejects.toMatchObject({
      ...{ kind: 'rate_limited', retryAfter: null, message: 'Exhausted property tokens per hour.' },
    });
  });
});

describe('Credentials', () => {
  const { shopify, google_ads: google, meta_ads: meta } = CREDENTIALS;
  const { refresh_token: _left, ...withoutRefresh } = google;
  const pem = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';

  it.each([
    ['shopify', {}, 'store_url'],
    ['shopify', { store_url: 'example.myshopify.com' }, 'access_token'],
    ['shopify', { ...shopify, store_url: 'example.com' }, 'store_url'],
    ['shopify', { ...shopify, store_url: 'example.myshopify.com.evil.example' }, 'store_url'],
    ['shopify', { ...shopify, store_url: 'https://evil.example/?.myshopify.com' }, 'store_url'],
    ['shopify', { ...shopify, store_url: 'evil.example#.myshopify.com' }, 'store_url'],
    ['shopify', { ...shopify, store_url: 'a.b.myshopify.com' }, 'store_url'],
    ['shopify', { ...shopify, access_token: 'two words' }, 'access_token'],
    ['shopify', { ...shopify, access_token: 'a\r\nHost: evil' }, 'access_token'],
    ['shopify', { ...shopify, access_token: ['a'] }, 'access_token'],
    ['shopify', { ...shopify, other: 1 }, 'other'],
    ['shopify', { ...shopify, token_expires_at: 'tomorrow' }, 'token_expires_at'],
    ['shopify', { ...shopify, token_expires_at: '2026-13-45T00:00:00Z' }, 'token_expires_at'],
    ['google_ads', { ...google, customer_id: '123' }, 'customer_id'],
    ['google_ads', withoutRefresh, 'refresh_token'],
    ['google_ads', { ...google, developer_token: null }, 'developer_token'],
    ['meta_ads', { ...meta, ad_account_id: '222/../me' }, 'ad_account_id'],
    ['ga4', { property_id: 'UA-1' }, 'property_id'],
    ['ga4', { property_id: '1', service_account: 'no JSON' }, 'service_account'],
    ['ga4', { property_id: '1', service_account: { client_email: 'a@b' } }, 'service_account/private_key'],
    [
      'ga4',
      { property_id: '1', service_account: { client_email: 1, private_key: pem } },
      'service_account/client_email',
    ],
    [
      'ga4',
      { property_id: '1', service_account: { client_email: 'a@b', private_key: pem } },
      'service_account/private_key',
    ],
    ['tiktok_ads', { access_token: 'a' }, 'advertiser_id'],
  ] as const)('of %s such as %j are refused for %s', (platform, credentials, field) => {
    const refusal = expect(() => platforms.checked(platform, credentials));
    refusal.toThrow(expect.objectContaining({ code: 'invalid_value', field: `credentials/${field}` }));
  });

  it('are kept by one name, in one form', () => {
    const checked = platforms.checked('shopify', { shop: ' HTTPS://Example.myshopify.com/ ', access_token: 'abc' });
    expect(checked).toEqual({ store_url: 'example.myshopify.com', access_token: 'abc' });
    expect(platforms.checked('meta_ads', { account_id: 'act_42', access_token: 'abc' })).toEqual({
      ...{ ad_account_id: '42', access_token: 'abc' },
    });
  });
});
