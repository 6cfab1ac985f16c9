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
