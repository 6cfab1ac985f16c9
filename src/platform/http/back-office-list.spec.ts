import { describe, expect, it } from '@jest/globals';
import { type ListPlan, parseList } from './back-office-list.js';

const PLAN: ListPlan<'id' | 'name' | 'key' | 'count' | 'rate' | 'isPrivate' | 'dueDate' | 'createdAt' | 'status'> = {
  fields: {
    ...({ id: 'id', name: 'text', key: 'uuid', count: 'integer', rate: 'number', isPrivate: 'boolean' } as const),
    ...({ dueDate: 'day', createdAt: 'instant', status: ['open', 'done'] } as const),
  },
  defaultSort: 'dueDate',
  unsorted: ['isPrivate'],
};
const filter = (field: string, value: string) => [...parseList({ [`filter[${field}]`]: value }, PLAN).filters];

describe('The query of a list', () => {
  it('asks for the first hundred when it says nothing', () => {
    expect(parseList({}, PLAN)).toEqual({
      ...{ limit: 100, offset: 0, sort: { field: 'dueDate', order: 'asc' }, filters: new Map() },
    });
  });

  it.each([
    ['id', '5,6', ['5', '6']],
    ['name', 'Zoe\u0301,null', ['Zo\u00e9', null]],
    ['name', '', ['']],
    ['key', '0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B', ['0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b']],
    ['count', '-3,7', [-3, 7]],
    ['rate', '1.25', [1.25]],
    ['isPrivate', 'true,0', [true, false]],
    ['dueDate', '2026-02-28', ['2026-02-28']],
    ['createdAt', '2026-01-31T12:00:00+02:00', ['2026-01-31T10:00:00.000Z']],
    ['status', 'done, open', ['done', 'open']],
  ])('filters %s by %s', (field, value, values) => {
    expect(filter(field, value)).toEqual([[field, values]]);
  });

  it.each([
    ['id', '0'],
    ['id', '9223372036854775808'],
    ['key', 'x'],
    ['count', '1.5'],
    ['rate', '1e3'],
    ['isPrivate', 'constructor'],
    ['dueDate', '2026-02-29'],
    ['createdAt', '2026-01-31'],
    ['createdAt', '2026-01-31T25:00:00Z'],
    ['createdAt', '0001-01-01T00:00:00+14:00'],
    ['createdAt', '9999-12-31T23:59:59-14:00'],
    ['status', 'gone'],
    ['status', ''],
  ])('refuses %s of %s, and says what is wrong', (field, value) => {
    const parameter = `filter[${field}]`;
    const refusal = {
      code: 'invalid_value',
      source: { parameter },
      reason: expect.objectContaining({ kind: expect.stringMatching(/^not_/) }),
    };
    expect(() => filter(field, value)).toThrow(expect.objectContaining(refusal));
  });

  it.each([
    [{ 'filter[none]': 'x' }, 'unknown_member', 'filter[none]'],
    [{ 'filter[constructor]': 'x' }, 'unknown_member', 'filter[constructor]'],
    [{ include: 'x' }, 'unknown_member', 'include'],
    [{ 'filter[name]': ['a', 'b'] }, 'invalid_value', 'filter[name]'],
    [{ sort_by: 'isPrivate' }, 'invalid_value', 'sort_by'],
    [{ sort_by: 'constructor' }, 'invalid_value', 'sort_by'],
    [{ sort_order: 'up' }, 'invalid_value', 'sort_order'],
    [{ limit: '1001' }, 'invalid_value', 'limit'],
    [{ limit: '1e2' }, 'invalid_value', 'limit'],
    [{ offset: '-1' }, 'invalid_value', 'offset'],
  ])('refuses %j', (query, code, parameter) => {
    expect(() => parseList(query, PLAN)).toThrow(expect.objectContaining({ code, source: { parameter } }));
  });
});
