import { describe, expect, it } from '@jest/globals';
import { sameValue } from './index.js';

describe('the same value', () => {
  it.each([
    [1, 1],
    [null, null],
    [new Date(5), new Date(5)],
    [[{ a: 1, b: null }], [{ b: null, a: 1 }]],
    [[], []],
  ])('is %j and %j', (one, other) => expect(sameValue(one, other)).toBe(true));

  it.each([
    [1, '1'],
    [null, {}],
    [[], {}],
    [new Date(5), new Date(6)],
    [new Date(5), {}],
    [[1, 2], [1]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
  ])('is not %j and %j', (one, other) => expect(sameValue(one, other)).toBe(false));
});
