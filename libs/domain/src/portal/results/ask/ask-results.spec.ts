import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, ParrotAnalyst, StaticResults } from '@portico/testing';
import type { ClientId, FirmId } from '../../../kernel/index.js';
import { AskResults } from './ask-results.js';

const NOW = new Date('2026-04-30T22:30:00Z');

function bench() {
  const [results, analyst] = [new StaticResults(), new ParrotAnalyst()];
  results.figuresOf = ['google_ads', 'shopify'].map((platform) => ({
    ...{ metricKey: 'revenue', platform, isPrior: false, label: null, unit: 'EUR', sum: 10, count: 1 },
  }));
  results.newest = {
    ...{ summary: 'Fine.', healthScore: null, highlights: [], recommendations: [], generatedAt: NOW },
  };
  return { results, analyst, ask: new AskResults(results, analyst, new FixedClock(NOW)) };
}

describe('AskResults', () => {
  const actor = aPortalUser();

  it('lets the analyst answer, from the figures of the company, over all and by platform', async () => {
    const { ask, analyst } = bench();
    expect(await ask.execute(actor, { question: '  How is revenue? ' })).toBe('I do not know.');
    const [{ question, briefing } = { question: '', briefing: null }] = analyst.asked;
    expect(question).toBe('How is revenue?');
    expect(briefing).toMatchObject({ summary: 'Fine.', metrics: [{ key: 'revenue', value: 20 }] });
    expect(briefing?.platforms.map(({ platform, metrics }) => [platform, metrics[0]?.value])).toEqual([
      ['google_ads', 10],
      ['shopify', 10],
    ]);
  });

  it('is about the period that the question names, as it is where the company is', async () => {
    const { ask, results } = bench();
    await ask.execute(actor, { question: 'revenue' });
    results.current = { isEnabled: true, timeZone: 'Europe/Berlin' };
    await ask.execute(actor, { question: 'revenue' });
    await ask.execute(actor, { question: 'revenue of last month' });
    expect(results.periods.map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2026-04-01 2026-04-30',
      '2026-05-01 2026-05-01',
      '2026-04-01 2026-04-30',
    ]);
  });

  it('looks at the fifty campaigns that cost most', async () => {
    const { ask, analyst, results } = bench();
    results.sums = Array.from({ length: 60 }, (_, at) => ({
      ...{ campaignId: String(at), campaignName: `Campaign ${at}`, platform: 'google_ads', status: null },
      ...{ currency: 'EUR', spend: at, impressions: 1, clicks: 1, conversions: 1, conversionValue: 1, reach: null },
    }));
    await ask.execute(actor, { question: 'best campaign' });
    const spends = analyst.asked[0]?.briefing.campaigns.map(({ spend }) => spend);
    expect([spends?.length, spends?.[0], spends?.at(-1)]).toEqual([50, 59, 10]);
    expect(analyst.asked[0]?.briefing.totals.impressions).toBe(60);
  });

  it.each([
    ['', 'must not be empty'],
    [' \n ', 'must not be empty'],
    ['x'.repeat(1001), 'must have 1000 characters at most'],
    ['a\u0000b', 'must not hold control characters or halves of characters'],
  ])('refuses the question %j', async (question, message) => {
    const { ask, analyst } = bench();
    const asked = ask.execute(actor, { question });
    await expect(asked).rejects.toMatchObject({ code: 'invalid_value', field: 'question', message });
    expect(analyst.asked).toEqual([]);
  });

  it('takes a question of 1000 characters, whatever their size', async () => {
    expect(await bench().ask.execute(actor, { question: '😀'.repeat(1000) })).toBe('I do not know.');
  });

  it('answers nothing without a dashboard, and nothing of another company or firm', async () => {
    const { ask, analyst, results } = bench();
    for (const other of [{ companyId: '501' as ClientId }, { firmId: '2' as FirmId }])
      await expect(ask.execute(aPortalUser(other), { question: 'revenue' })).rejects.toMatchObject({
        code: 'dashboard_disabled',
      });
    results.current = { isEnabled: false, timeZone: 'UTC' };
    const refused = ask.execute(actor, { question: 'revenue' });
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden', code: 'dashboard_disabled' });
    expect(analyst.asked).toEqual([]);
  });
});
