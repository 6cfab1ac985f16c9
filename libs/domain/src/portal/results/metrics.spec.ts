import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Figure, Goal } from './figure.js';
import { type Metric, metricsOf } from './metrics.js';
import { periodOf } from './period.js';

const MARCH = periodOf('month', '2026-03-31');
const HALF = periodOf('month', '2026-02-14');

const figure = (metricKey: string, sum: number, changes: Partial<Figure> = {}): Figure => ({
  ...{ metricKey, sum, platform: 'google_ads', isPrior: false, label: null, unit: null, count: 30 },
  ...changes,
});
const goal = (metricKey: string, target: number, changes: Partial<Goal> = {}): Goal => ({
  ...{ metricKey, target, metric: metricKey, label: null, unit: null },
  ...changes,
});
const metrics = (figures: Figure[], goals: Goal[] = [], period = MARCH) =>
  new Map(metricsOf(period, figures, goals).map((metric) => [metric.key, metric]));
const one = (key: string, figures: Figure[], goals: Goal[] = [], period = MARCH): Metric => {
  const metric = metrics(figures, goals, period).get(key);
  if (!metric) throw new Error(`no ${key}`);
  return metric;
};

describe('The metrics of a client', () => {
  it('are sums over all platforms, beside those of the period before', () => {
    const figures = [
      figure('revenue', 100.25, { platform: 'shopify', unit: 'EUR', label: 'Web shop' }),
      figure('revenue', 50, { platform: null }),
      figure('revenue', 120, { platform: 'shopify', isPrior: true, unit: 'EUR' }),
    ];
    expect(one('revenue', figures)).toEqual({
      ...{ key: 'revenue', label: 'Web shop', unit: 'EUR', platform: null },
      ...{ value: 150.25, priorValue: 120, deltaPct: 25.208333, target: null, trackingStatus: 'no_target' },
    });
  });

  it('name the platform that all of it comes from', () => {
    expect(one('sessions', [figure('sessions', 1, { platform: 'ga4' })]).platform).toBe('ga4');
    expect(one('sessions', [figure('sessions', 1, { platform: null })]).platform).toBeNull();
  });

  it('have ratios of sums, which are not those of single platforms', () => {
    const ads = [
      figure('spend', 100, { unit: 'EUR' }),
      figure('spend', 300, { unit: 'EUR', platform: 'meta_ads' }),
      ...[figure('impressions', 20_000), figure('clicks', 800), figure('conversions', 16)],
      figure('conversion_value', 1000, { unit: 'EUR' }),
    ];
    const all = metrics(ads);
    const values = [...all.values()].map(({ key, value, unit }) => [key, value, unit]);
    expect(Object.fromEntries(values.map(([key, value]) => [key, value]))).toEqual({
      ...{ spend: 400, impressions: 20_000, clicks: 800, conversions: 16, conversion_value: 1000 },
      ...{ roas: 2.5, cpa: 25, conversion_rate: 2, cpc: 0.5, ctr: 4, cpm: 20 },
    });
    expect([all.get('cpa')?.unit, all.get('ctr')?.unit, all.get('roas')?.unit]).toEqual(['EUR', '%', null]);
    expect([all.get('cpa')?.label, all.get('cpa')?.platform]).toEqual(['CPA', null]);
  });

  it('come in their order, those that nobody knows behind, by their keys', () => {
    const keys = ['zebra', 'orders', 'page_views', 'spend', 'revenue'].map((key) => figure(key, 1));
    expect([...metrics(keys).keys()]).toEqual(['revenue', 'orders', 'aov', 'spend', 'page_views', 'zebra']);
    expect(one('page_views', keys).label).toBe('Page views');
  });

  it('have no ratio of which a part was never measured, and none on a zero denominator', () => {
    expect([...metrics([figure('spend', 5), figure('clicks', 0)]).keys()]).toEqual(['spend', 'clicks', 'cpc']);
    const none = one('cpc', [figure('spend', 5), figure('clicks', 0), figure('clicks', 2, { isPrior: true })]);
    expect([none.value, none.priorValue, none.deltaPct]).toEqual([null, null, null]);
  });

  it.each([
    ['nothing before', 5, null, null],
    ['zero before', 5, 0, null],
    ['more', 5, 4, 25],
    ['less', 3, 4, -25],
    ['more than a loss', 2, -4, 150],
  ])('compare with %s', (_what, value, prior, delta) => {
    const before = prior === null ? [] : [figure('profit', prior, { isPrior: true })];
    expect(one('profit', [figure('profit', value), ...before])).toMatchObject({
      value,
      priorValue: prior,
      deltaPct: delta,
    });
  });

  it('have no value where nothing was measured in the period, only before', () => {
    expect(one('orders', [figure('orders', 4, { isPrior: true })])).toMatchObject({
      ...{ value: null, priorValue: 4, deltaPct: null },
    });
  });

  it('add no money of several currencies', () => {
    const figures = [
      figure('spend', 1, { unit: 'EUR' }),
      figure('spend', 1, { unit: 'USD', platform: 'meta_ads' }),
      figure('spend', 7, { unit: 'EUR', isPrior: true }),
      ...[figure('clicks', 2), figure('conversion_value', 8, { unit: 'EUR' })],
    ];
    expect(one('spend', figures)).toMatchObject({ value: null, priorValue: 7 });
    expect(one('cpc', figures)).toMatchObject({ value: null, unit: null });
    expect(one('roas', figures).value).toBeNull();
  });

  it('know the reach of a single figure only, and a ratio that came as such likewise', () => {
    expect(one('reach', [figure('reach', 500)]).value).toBeNull();
    expect(one('reach', [figure('reach', 500, { count: 1 })]).value).toBe(500);
    expect(one('roas', [figure('roas', 4, { count: 1 })]).value).toBe(4);
    expect(one('roas', [figure('roas', 4, { count: 2 })]).value).toBeNull();
    const bases = [figure('roas', 4, { count: 1 }), figure('conversion_value', 9), figure('spend', 3)];
    expect(one('roas', bases).value).toBe(3);
  });

  it('are measured against goals: sums against what is due by now, ratios against all of it', () => {
    const status = (key: string, figures: Figure[], target: number, period = MARCH) =>
      one(key, figures, [goal(key, target)], period).trackingStatus;
    expect(status('revenue', [figure('revenue', 95)], 100)).toBe('on_track');
    expect(status('revenue', [figure('revenue', 50)], 100)).toBe('behind');
    expect(status('revenue', [figure('revenue', 50)], 100, HALF)).toBe('on_track');
    const ads = [figure('spend', 50), figure('conversion_value', 100), figure('conversions', 10)];
    expect(status('roas', ads, 4, HALF)).toBe('behind');
    expect(status('cpa', ads, 5, HALF)).toBe('achieved');
    expect(status('cpa', ads, 4, HALF)).toBe('at_risk');
    expect(one('revenue', [figure('revenue', 95)], [goal('orders', 5)])).toMatchObject({
      ...{ target: null, trackingStatus: 'no_target' },
    });
  });

  it('take label and unit from the goal where nothing else says them', () => {
    const goals = [goal('orders', 5, { label: 'Bestellungen', unit: 'Stück' })];
    expect(one('orders', [figure('orders', 4)], goals)).toMatchObject({
      label: 'Bestellungen',
      unit: 'Stück',
      target: 5,
    });
  });

  it('have the same value however the figures are cut into parts', () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.boolean()), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(amounts, (parts) => {
        const cents = parts.map(([amount]) => amount / 100);
        const cut = parts.map(([amount, isMeta]) =>
          figure('spend', amount / 100, { platform: isMeta ? 'meta_ads' : 'google_ads' }),
        );
        const whole = figure('spend', Number(cents.reduce((sum, part) => sum + part, 0).toFixed(2)));
        expect(one('spend', cut).value).toBeCloseTo(one('spend', [whole]).value ?? NaN, 5);
      }),
    );
  });
});
