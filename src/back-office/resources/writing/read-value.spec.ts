import { describe, expect, it } from '@jest/globals';
import * as fields from '../declaration/field.js';
import type { Field } from '../declaration/field.js';
import { readValue } from './read-value.js';

const kept = (field: Field, raw: unknown): unknown => {
  const read = readValue(field, raw);
  return 'value' in read ? read.value : null;
};
const flaw = (field: Field, raw: unknown): string | null => {
  const read = readValue(field, raw);
  return 'flaw' in read ? read.flaw.reason.kind : null;
};

describe('A value of a field', () => {
  it.each<[string, Field, unknown]>([
    ['text, letter by letter', fields.text(6), ' a b 😀'],
    ['several lines', fields.longText(), 'a\r\n\tb'],
    ['the name of a thing', fields.slug(), 'meta_ads.v2-x'],
    ['a number with two decimals', fields.money(), -0.1],
    ['the greatest amount', fields.money(), 999_999_999_999],
    ['a day', fields.day(), '2028-02-29'],
    ['an address', fields.url(), 'https://example.test/a?b=c'],
    ['lines', fields.texts(), ['a', 'b']],
    ['a time of day', fields.timeOfDay(), '09:30'],
    ['the end of the day', fields.timeOfDay(), '24:00'],
    ['a time zone', fields.timeZone(), 'Asia/Tokyo'],
    ['days of the week', fields.integers(1, 7), [1, 5, 7]],
    ['an object', fields.json(), { a: [1, null, { b: 'c' }] }],
    ['a list as JSON', fields.json(), [{}]],
  ])('is kept as it is: %s', (_what, field, raw) => expect(kept(field, raw)).toEqual(raw));

  it('is a time zone in its proper case, and numbers in their order', () => {
    expect(kept(fields.timeZone(), 'europe/berlin')).toBe('Europe/Berlin');
    expect(kept(fields.integers(1, 7), [5, 1, 3])).toEqual([1, 3, 5]);
  });

  it('is an instant in UTC', () => {
    expect(kept(fields.instant(), '2026-01-31T12:00:00+02:00')).toBe('2026-01-31T10:00:00.000Z');
  });

  it.each<[string, string, Field, unknown]>([
    ['not_text', 'a number', fields.text(5), 1],
    ['empty', 'nothing but space', fields.text(5), ' \n'],
    ['too_long', 'six characters', fields.text(5), '😀😀😀😀😀😀'],
    ['control_characters', 'two lines', fields.text(5), 'a\nb'],
    ['control_characters', 'a null character', fields.longText(), 'a\0b'],
    ['control_characters', 'half of a character', fields.longText(), 'a\ud800'],
    ['wrong_format', 'space in a name', fields.slug(), 'a b'],
    ['not_number', 'a number as text', fields.money(), '1.50'],
    ['not_number', 'infinity', fields.money(), Infinity],
    ['wrong_format', 'three decimals', fields.money(), 1.005],
    ['too_great', 'thirteen digits', fields.money(), 1_000_000_000_000],
    ['too_small', 'less than nothing', fields.decimal(2), -1],
    ['not_integer', 'a half', fields.integer(), 1.5],
    ['not_boolean', 'one', fields.boolean(), 1],
    ['not_one_of', 'another value', fields.oneOf(['a', 'b']), 'c'],
    ['not_day', 'the 30th of February', fields.day(), '2026-02-30'],
    ['not_day', 'an instant', fields.day(), '2026-02-03T00:00:00Z'],
    ['not_instant', 'no zone', fields.instant(), '2026-02-03T00:00:00'],
    ['not_instant', 'the year 0', fields.instant(), '0001-01-01T00:00:00+14:00'],
    ['not_instant', 'the year 10000', fields.instant(), '9999-12-31T23:59:59-14:00'],
    ['wrong_format', 'a time with seconds', fields.timeOfDay(), '09:00:00'],
    ['wrong_format', 'a minute after the end of the day', fields.timeOfDay(), '24:01'],
    ['wrong_format', 'a number as a time', fields.timeOfDay(), 9],
    ['not_time_zone', 'no time zone', fields.timeZone(), 'Moon'],
    ['not_text', 'an offset as a number', fields.timeZone(), 1],
    ['not_list', 'a day', fields.integers(1, 7), 1],
    ['empty', 'no days', fields.integers(1, 7), []],
    ['not_integer', 'an eighth day', fields.integers(1, 7), [8]],
    ['not_integer', 'half a day', fields.integers(1, 7), [1.5]],
    ['not_integer', 'a day as text', fields.integers(1, 7), ['1']],
    ['repeated', 'a day twice', fields.integers(1, 7), [1, 1]],
    ['not_email', 'no address', fields.email(), 'adam'],
    ['not_currency', 'a word', fields.currency(), 'Euro'],
    ['wrong_format', 'a script', fields.url(), 'javascript:alert(1)'],
    ['not_list', 'a line', fields.texts(), 'a'],
    ['not_text', 'a number among lines', fields.texts(), ['a', 1]],
    ['too_many', '101 lines', fields.texts(), Array.from({ length: 101 }, () => 'a')],
    ['not_object', 'text as JSON', fields.json(), 'a'],
    ['too_long', 'too much JSON', fields.json({}, 10), { a: '1234567890' }],
    ['control_characters', 'a null character in JSON', fields.json(), { a: ['\0'] }],
    ['wrong_format', 'JSON without end', fields.json(), JSON.parse('['.repeat(40) + ']'.repeat(40))],
  ])('is refused as %s: %s', (kind, _what, field, raw) => expect(flaw(field, raw)).toBe(kind));
});
