import { describe, expect, it } from '@jest/globals';
import { createdWithin, exactBounds, instantOf } from './index.js';

describe('an instant in a filter', () => {
  it.each([
    ['2017-04-06', '2017-04-06T00:00:00.000Z'],
    ['2017-04-06T20:12:45Z', '2017-04-06T20:12:45.000Z'],
    ['2017-04-06T20:12Z', '2017-04-06T20:12:00.000Z'],
    ['2017-04-06T20:12:45.5Z', '2017-04-06T20:12:45.500Z'],
    ['2017-04-06T20:12:45+02:00', '2017-04-06T18:12:45.000Z'],
    ['2016-02-29', '2016-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(instantOf(text)?.toISOString()).toBe(instant));

  it.each([
    '',
    'yesterday',
    '2017-02-30',
    '2017-02-29',
    '2017-13-01',
    '2017-4-6',
    '06/04/2017',
    '2017-04-06T25:00:00Z',
    '2017-04-06T20:12:45',
    '20170406',
    '2017-04-06Z',
  ])('is not %j', (text) => expect(instantOf(text)).toBeNull());
});

describe('a period of creation', () => {
  const at = (text: string) => new Date(text);

  it('is none without bounds', () => expect(createdWithin()).toBeUndefined());

  it('refuses an end that is not later than its beginning', () => {
    const day = at('2017-04-06');
    const refusal = expect.objectContaining({ code: 'invalid_period' }) as unknown as Error;
    expect(() => createdWithin(day, day)).toThrow(refusal);
    expect(() => createdWithin(at('2017-04-07'), day)).toThrow(refusal);
  });

  it('excludes the whole second of each bound, because that is what a client sees', () => {
    expect(exactBounds({ after: at('2017-04-06T20:12:45Z'), before: at('2017-04-06T20:12:50Z') })).toEqual({
      from: at('2017-04-06T20:12:46Z'),
      to: at('2017-04-06T20:12:50Z'),
    });
    expect(exactBounds({ after: at('2017-04-06T20:12:45.5Z'), before: at('2017-04-06T20:12:45.5Z') })).toEqual({
      from: at('2017-04-06T20:12:46Z'),
      to: at('2017-04-06T20:12:46Z'),
    });
  });
});
