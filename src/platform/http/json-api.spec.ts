import { describe, expect, it } from '@jest/globals';
import { nextLink, pageRequest, requireSameResource } from './json-api.js';

describe('the page of a list', () => {
  it.each([
    [undefined, 500],
    ['1', 1],
    ['2000', 2000],
    ['2001', 2000],
    ['99999999999999999999999', 2000],
  ])('page[limit]=%s is %i', (limit, rows) =>
    expect(pageRequest({ 'page[limit]': limit })).toEqual({ limit: rows, after: null }),
  );

  it.each(['0', '-1', '1.5', 'abc', '', '1e3', ' 1'])('page[limit]=%j is refused', (limit) => {
    expect(() => pageRequest({ 'page[limit]': limit })).toThrow('page[limit]');
  });

  it.each(['abc', '-1', '', '9223372036854775808'])('page[after]=%j is refused', (after) => {
    expect(() => pageRequest({ 'page[after]': after })).toThrow('page[after]');
  });

  it('names the cursor as it was named', () => {
    expect(() => pageRequest({ 'page[cursor]': 'x' })).toThrow('page[cursor]');
    expect(pageRequest({ 'page[cursor]': '7' }).after).toBe('7');
  });

  it('may begin at 0', () =>
    expect(pageRequest({ 'page[limit]': '1', 'page[after]': '0' })).toEqual({ limit: 1, after: '0' }));
});

describe('the link to the next page', () => {
  it('is null on the last page', () => expect(nextLink('/v1/files', {}, null)).toBeNull());

  it('repeats what was asked for, but not the cursor', () => {
    const query = {
      'page[limit]': '2',
      'filter[files][createdAfter]': '2017-04-06T20:12:45+02:00',
      'page[cursor]': '1',
    };
    expect(nextLink('/v1/files', query, '7')).toBe(
      '/v1/files?page[limit]=2&filter[files][createdAfter]=2017-04-06T20%3A12%3A45%2B02%3A00&page[after]=7',
    );
  });
});

describe('the resource in a body', () => {
  it.each([
    [{ type: 'groups', id: '1' }, 'type_mismatch'],
    [{ type: 'files', id: '2' }, 'id_mismatch'],
  ])('%j is a conflict with files 1', (data, code) => {
    const refusal = expect.objectContaining({ kind: 'conflict', code }) as unknown as Error;
    expect(() => requireSameResource(data, 'files', '1')).toThrow(refusal);
  });

  it('may be the one in the URL', () => {
    expect(() => requireSameResource({ type: 'files', id: '1' }, 'files', '1')).not.toThrow();
  });
});
