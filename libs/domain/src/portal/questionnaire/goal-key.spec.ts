import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goalKey } from './goal-key.js';

describe('The key of a goal that came without one', () => {
  it.each([
    ['Revenue', 'revenue'],
    ['Online  revenue (EUR)', 'online_revenue_eur'],
    ['Erlöse', 'erlose'],
    ['ＲＯＡＳ', 'roas'],
    ['a'.repeat(60), 'a'.repeat(60)],
  ])('of %s is %s', (metric, key) => {
    expect(goalKey(metric)).toBe(key);
  });

  it('keeps names apart that lose something on the way', () => {
    const names = [
      '売上 2026',
      '利益 2026',
      '売上',
      '!!!',
      `${'a'.repeat(60)}b`,
      `${'a'.repeat(60)}c`,
      'Umsatz ①',
      'доход',
    ];
    const keys = names.map(goalKey);
    expect(new Set(keys).size).toBe(names.length);
    expect(keys[0]).toMatch(/^2026_[0-9a-f]{8}$/);
    expect(keys[2]).toMatch(/^metric_[0-9a-f]{8}$/);
    expect(keys[4]).toMatch(/^a{40}_[0-9a-f]{8}$/);
  });

  it('is a key for whatever name, and the same for the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (metric) => {
        expect(goalKey(metric)).toMatch(/^[a-z0-9][a-z0-9_]{0,59}$/);
        expect(goalKey(metric)).toBe(goalKey(metric));
      }),
    );
  });
});
