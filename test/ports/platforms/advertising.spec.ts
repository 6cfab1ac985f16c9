import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CREDENTIALS } from '../../support/platforms/fake-platforms.js';
import { aCampaign } from '../../support/platforms/figures.js';
import { ConnectedPlatforms } from './connected.js';

let platforms: ConnectedPlatforms;

beforeEach(async () => {
  platforms = await ConnectedPlatforms.start();
});
afterEach(() => platforms.close());

const figures = () => platforms.fakes.figures;
const server = () => platforms.fakes.server;
const [FIRST, LAST] = ['2026-03-01', '2026-03-09'];

/** What differs between the platforms that know campaigns. */
const ADVERTISING = {
  google_ads: { account: '1234567890', name: 'Smith Search', path: 'googleAds:search', status: 'enabled', reach: null },
  meta_ads: { account: '222333444', name: 'Smith Social', path: '/insights', status: null, reach: 800 },
  tiktok_ads: {
    account: '7001002003004005006',
    name: 'Smith Videos',
    path: '/report/integrated/get/',
    status: null,
    reach: 800,
  },
} as const;
type Advertising = keyof typeof ADVERTISING;
const EACH = Object.keys(ADVERTISING) as Advertising[];

describe.each(EACH)('%s', (platform) => {
  const { account, name, path, status, reach } = ADVERTISING[platform];

  it('tells whose account it is, in which time zone and currency', async () => {
    const { account: found } = await platforms.open(platform);
    expect(found).toMatchObject({ id: account, name, timeZone: 'Europe/Berlin', currency: 'EUR', storeUrl: null });
  });

  it('gives the figures of every day, the first first, over all pages', async () => {
    const other = aCampaign({ id: '222', name: 'Brand', spend: '0.10', value: '0', conversions: 0.5 });
    const third = aCampaign({ id: '333' });
    figures().campaigns.set('2026-03-01', [aCampaign(), other, third]);
    figures().campaigns.set('2026-03-04', [aCampaign({ spend: '7.005' })]);
    figures().campaigns.set('2026-03-09', [other]);
    figures().campaigns.set('2026-03-10', [aCampaign()]); // not asked for
    const { days, fault } = await platforms.days(platform, FIRST, LAST);
    expect(fault).toBeNull();
    expect(
      days.map(({ date, campaigns }) => [date.slice(-2), campaigns.map(({ campaignId }) => campaignId).sort()]),
    ).toEqual([
      ['01', ['111', '222', '333']],
      ['02', []],
      ['03', []],
      ['04', ['111']],
      ...['05', '06', '07', '08'].map((day) => [day, []]),
      ['09', ['222']],
    ]);
    const [first] = days;
    expect(first).toMatchObject({ currency: 'EUR', metrics: [] });
    expect(first?.campaigns.find(({ campaignId }) => campaignId === '111')).toEqual({
      ...{ campaignId: '111', campaignName: 'Spring sale', status, spend: '12.50', impressions: 1000, clicks: 50 },
      ...{ conversions: '2.0000', conversionValue: '40.00', reach },
    });
    expect(days[3]?.campaigns[0]?.spend).toBe('7.01'); // half a cent is rounded up
    expect(days.at(-1)?.campaigns[0]).toMatchObject({ spend: '0.10', conversions: '0.5000', conversionValue: '0.00' });
  });

  it('keeps names that are too long, or hold what no name does', async () => {
    const long = `Ümlaut\u0000 ${'x'.repeat(300)}`;
    figures().campaigns.set(FIRST, [aCampaign({ name: long }), aCampaign({ id: '222', name: '' })]);
    const { days } = await platforms.days(platform, FIRST, FIRST);
    const names = days[0]?.campaigns.map(({ campaignName }) => campaignName).sort() ?? [];
    expect(names).toEqual(['222', `Ümlaut  ${'x'.repeat(247)}`]);
  });

  it('keeps what came before a fault, as far as it is whole', async () => {
    figures().rows = 1;
    figures().campaigns.set(FIRST, [aCampaign()]);
    figures().campaigns.set('2026-03-08', [aCampaign(), aCampaign({ id: '222' })]);
    const answers = platform === 'google_ads' ? 2 : 1; // of which the last is that of the first window of days
    const session = await platforms.open(platform);
    const asked = server().to(path).length;
    const days: string[] = [];
    const pull = async () => {
      for await (const { date } of session.days({ from: FIRST, to: LAST })) {
        days.push(date);
        if (days.length === 1) server().answerNext(path, { status: 500, body: 'Oops' });
      }
    };
    await expect(pull()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(days).toEqual(Array.from({ length: 7 }, (_, day) => `2026-03-0${day + 1}`));
    expect(server().to(path).length - asked).toBe(answers + 1);
  });

  it('says so when it does not answer in JSON, or not in the documented form', async () => {
    const session = await platforms.open(platform);
    const broken = platform === 'meta_ads' ? { data: 5 } : { results: 5, data: { list: 5 }, code: 0 };
    for (const body of ['<html>', '', broken]) {
      server().answerNext(path, { body });
      const days = session.days({ from: FIRST, to: FIRST })[Symbol.asyncIterator]();
      await expect(days.next()).rejects.toMatchObject({ kind: 'malformed' });
    }
  });

  it('has no figures below zero or beyond measure', async () => {
    figures().campaigns.set(FIRST, [aCampaign({ value: '-3.00' })]);
    expect((await platforms.days(platform, FIRST, FIRST)).days[0]?.campaigns[0]?.conversionValue).toBe('0.00');
    figures().campaigns.set(FIRST, [aCampaign({ value: '123456789012345' })]);
    expect((await platforms.days(platform, FIRST, FIRST)).fault).toMatchObject({ kind: 'malformed' });
    figures().campaigns.set(FIRST, [aCampaign({ impressions: -1 })]);
    expect((await platforms.days(platform, FIRST, FIRST)).fault).toMatchObject({ kind: 'malformed' });
  });
});

describe('google_ads', () => {
  it('signs in once, and sends the developer token and the manager account', async () => {
    const credentials = { ...CREDENTIALS.google_ads, login_customer_id: '999-888-7777' };
    const session = await platforms.open('google_ads', credentials);
    for await (const _day of session.days({ from: FIRST, to: LAST }));
    expect(
      server()
        .to('/token')
        .map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    ).toEqual([
      {
        grant_type: 'refresh_token',
        client_id: CREDENTIALS.google_ads.client_id,
        client_secret: CREDENTIALS.google_ads.client_secret,
        refresh_token: CREDENTIALS.google_ads.refresh_token,
      },
    ]);
    const [, search] = server().to('googleAds:search');
    expect(search?.path).toBe('/v26/customers/1234567890/googleAds:search');
    expect(search?.headers).toMatchObject({
      'developer-token': 'a-developer-token',
      'login-customer-id': '9998887777',
    });
    expect(session.account.scopes).toEqual(['https://www.googleapis.com/auth/adwords']);
  });

  it('signs in again when its token has ended', async () => {
    const session = await platforms.open('google_ads');
    platforms.clock.advance(3600);
    for await (const _day of session.days({ from: FIRST, to: FIRST }));
    expect(server().to('/token')).toHaveLength(2);
  });

  it('puts off for as long as the quota says, and waits for a short while itself', async () => {
    const exhausted = (retryDelay: string) => ({
      status: 429,
      body: {
        error: {
          code: 429,
          message: 'Resource has been exhausted (e.g. check quota).',
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              '@type': 'type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure',
              errors: [
                {
                  errorCode: { quotaError: 'RESOURCE_EXHAUSTED' },
                  message: 'Too many requests. Retry in some seconds.',
                  details: { quotaErrorDetails: { rateScope: 'DEVELOPER', rateName: 'Requests', retryDelay } },
                },
              ],
            },
          ],
        },
      },
    });
    server().answerNext('googleAds:search', exhausted('5s'), exhausted('14s'));
    expect((await platforms.days('google_ads', FIRST, FIRST)).fault).toBeNull();
    expect(platforms.waits).toEqual([5000, 14_000]);
    server().answerNext('googleAds:search', exhausted('900s'));
    await expect(platforms.open('google_ads')).rejects.toMatchObject({
      ...{ kind: 'rate_limited', retryAfter: 900 },
      message: 'Too many requests. Retry in some seconds.',
    });
    expect(platforms.waits).toHaveLength(2);
  });

  it('tells of a refresh token that was revoked, and of an account that is not theirs', async () => {
    const revoked = { ...CREDENTIALS.google_ads, refresh_token: '1//revoked' };
    await expect(platforms.open('google_ads', revoked)).rejects.toMatchObject({
      ...{ kind: 'credentials', message: 'Token has been expired or revoked.' },
    });
    const errors = [{ errorCode: { authorizationError: 'USER_PERMISSION_DENIED' }, message: 'User has no access.' }];
    server().answerNext('googleAds:search', {
      status: 403,
      body: { error: { code: 403, message: 'No.', status: 'PERMISSION_DENIED', details: [{ errors }] } },
    });
    await expect(platforms.open('google_ads')).rejects.toMatchObject({
      ...{ kind: 'credentials', message: 'User has no access.' },
    });
  });
});

describe('meta_ads', () => {
  it('asks by day, and for the next page by its cursor: never at the address that the answer names', async () => {
    figures().campaigns.set(FIRST, [aCampaign(), aCampaign({ id: '222' }), aCampaign({ id: '333' })]);
    await platforms.days('meta_ads', FIRST, FIRST);
    const asked = server()
      .to('/insights')
      .map(({ path, query }) => [path, query.get('time_increment'), query.get('after')]);
    expect(asked).toEqual([
      ['/v26.0/act_222333444/insights', '1', null],
      ['/v26.0/act_222333444/insights', '1', '2'],
    ]);
    expect(server().asked.some(({ query }) => query.has('access_token'))).toBe(false);
  });

  const refused = (code: number, headers: Record<string, string> = {}) => ({
    status: 400,
    headers,
    body: { error: { message: 'Said by Meta', type: 'OAuthException', code, fbtrace_id: 'A1' } },
  });

  it.each([
    ...[4, 17, 32, 613, 80_000, 80_004].map((code) => [code, 'rate_limited'] as const),
    ...[190, 102, 10, 200, 294].map((code) => [code, 'credentials'] as const),
    ...[1, 2].map((code) => [code, 'unavailable'] as const),
    ...[100, 2635].map((code) => [code, 'refused'] as const),
  ])('means by its code %d: %s', async (code, kind) => {
    server().answerNext('/act_', refused(code));
    await expect(platforms.open('meta_ads')).rejects.toMatchObject({ kind, message: 'Said by Meta' });
  });

  it('tells in its headers how long to wait', async () => {
    const usage = { '222': [{ type: 'ads_insights', call_count: 100, estimated_time_to_regain_access: 19 }] };
    server().answerNext('/act_', refused(80_000, { 'X-Business-Use-Case-Usage': JSON.stringify(usage) }));
    await expect(platforms.open('meta_ads')).rejects.toMatchObject({ retryAfter: 19 * 60 });
    const account = { acc_id_util_pct: 100, reset_time_duration: 3 };
    server().answerNext('/act_', refused(17, { 'X-Ad-Account-Usage': JSON.stringify(account) }));
    expect((await platforms.open('meta_ads')).account.name).toBe('Smith Social');
    expect(platforms.waits).toEqual([3000]);
    server().answerNext('/act_', refused(17, { 'X-Ad-Account-Usage': 'no JSON' }));
    await expect(platforms.open('meta_ads')).rejects.toMatchObject({ retryAfter: null });
  });
});

describe('tiktok_ads', () => {
  it('tells with status 200 what is wrong', async () => {
    const body = (code: number) => ({ body: { code, message: 'Said by TikTok', data: {} } });
    for (const [code, kind] of [
      [40_105, 'credentials'],
      [40_102, 'credentials'],
      [40_001, 'credentials'],
      [40_002, 'refused'],
      [50_000, 'unavailable'],
    ] as const) {
      server().answerNext('/advertiser/', body(code));
      await expect(platforms.open('tiktok_ads')).rejects.toMatchObject({ kind, message: 'Said by TikTok' });
    }
  });

  it('is asked again after a moment when it was asked too often in a second', async () => {
    const tooOften = { body: { code: 40_100, message: 'App reaches the QPS limit.', data: {} } };
    server().answerNext('/advertiser/', tooOften);
    expect((await platforms.open('tiktok_ads')).account.name).toBe('Smith Videos');
    expect(platforms.waits).toEqual([2000]);
    server().answerNext('/advertiser/', tooOften, tooOften, tooOften, tooOften);
    await expect(platforms.open('tiktok_ads')).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(platforms.waits).toHaveLength(4);
  });

  it('refuses a token that does not open the advertiser', async () => {
    server().answerNext('/advertiser/', { body: { code: 0, message: 'OK', data: { list: [] } } });
    await expect(platforms.open('tiktok_ads')).rejects.toMatchObject({ kind: 'credentials' });
  });
});
