import { describe, expect, it } from '@jest/globals';
import { money } from './money.js';

describe('money', () => {
  it.each(['0.00', '1250.50', '-3.10', '99999999999999999999.99'])('writes %s as it is', (amount) => {
    expect(JSON.stringify({ amount: money(amount) })).toBe(`{"amount":${amount}}`);
  });

  it.each(['', '1', '1.5', '1.500', '01.00', 'NaN', '1e3', '"1.00"', '1.00 '])('takes nothing else: %j', (text) => {
    expect(() => money(text)).toThrow('no amount');
  });
});
