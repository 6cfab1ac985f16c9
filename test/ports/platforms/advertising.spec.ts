import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
