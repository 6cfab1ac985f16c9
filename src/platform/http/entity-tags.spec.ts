import { describe, expect, it } from '@jest/globals';
import { ifMatchHolds, ifNoneMatchHolds, tagOf } from './entity-tags.js';

describe('tagOf', () => {
  it('is a strong tag that changes with what is shown', () => {
    const tag = tagOf({ name: 'a' });
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    expect(tagOf({ name: 'a' })).toBe(tag);
    expect(tagOf({ name: 'b' })).not.toBe(tag);
  });

  it('is that of the text when it is JSON already', () => {
    expect(tagOf('{"name":"ä"}')).toBe(tagOf({ name: 'ä' }));
  });
});

describe('If-Match', () => {
  it.each(['"a"', '"x", "a"', '"x","a"', ' "a" ', '*', ' * ', '"x,y", "a"'])('holds of "a": %s', (header) => {
    expect(ifMatchHolds(header, '"a"')).toBe(true);
  });

  it.each(['"b"', 'W/"a"', 'a', '', '"A"', '"x,"a', '"*"', "'a'"])('does not hold of "a": %s', (header) => {
    expect(ifMatchHolds(header, '"a"')).toBe(false);
  });

  it.each(['"a"', '*'])('does not hold of what is not there: %s', (header) => {
    expect(ifMatchHolds(header, null)).toBe(false);
  });

  it('takes a comma inside of a tag for a part of it', () => {
    expect(ifMatchHolds('"a,b"', '"a"')).toBe(false);
    expect(ifMatchHolds('"a,b", "c"', '"a,b"')).toBe(true);
  });
});

describe('If-None-Match', () => {
  it.each(['"b"', '', 'a', 'W/"b", "c"'])('holds of "a": %s', (header) => {
    expect(ifNoneMatchHolds(header, '"a"')).toBe(true);
  });

  it.each(['"a"', 'W/"a"', '*', '"b", W/"a"'])('does not hold of "a": %s', (header) => {
    expect(ifNoneMatchHolds(header, '"a"')).toBe(false);
  });

  it.each(['"a"', '*'])('holds of what is not there: %s', (header) => {
    expect(ifNoneMatchHolds(header, null)).toBe(true);
  });
});
