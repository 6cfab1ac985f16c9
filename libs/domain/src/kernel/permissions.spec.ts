import { describe, expect, it } from '@jest/globals';
import { effectivePermissions, effectiveScopes, isId, PERMISSIONS } from './index.js';

describe('effective scopes', () => {
  it.each([
    [['FILES'], ['FILES']],
    [['FILES_WRITE'], ['FILES', 'FILES_WRITE']],
    [['FILE_WRITE'], ['FILES', 'FILES_WRITE']],
    [['USERS_READ'], ['USERS']],
    [['NONSENSE', 'files', ''], []],
  ])('of %j are %j', (given, effective) => expect([...effectiveScopes(given)].sort()).toEqual(effective));
});

describe('effective permissions', () => {
  it('include view with edit', () => {
    expect(effectivePermissions(['files_edit'])).toEqual(new Set(['files_edit', 'files_view']));
  });

  it('include everything for the administrator of the firm', () => {
    expect(effectivePermissions(['firm_admin'])).toEqual(new Set(PERMISSIONS));
  });
});

describe('an id', () => {
  it.each(['1', '42', '9223372036854775807'])('is %s', (text) => expect(isId(text)).toBe(true));
  it.each(['0', '-1', '01', '1.0', 'a', '', ' 1', '9223372036854775808', '10000000000000000000'])('is not %j', (text) =>
    expect(isId(text)).toBe(false),
  );
});
