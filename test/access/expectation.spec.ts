import { describe, expect, it } from '@jest/globals';
import type { Operation, OperationObject } from '../support/openapi-document.js';
import { breachOf, type Rule, ruleOf, type Standing, verdictOn, weakenings } from './expectation.js';

const READ: Rule = { scopes: ['FILES'], permissions: ['files_view'] };
const CHANGE: Rule = { scopes: ['FILES_WRITE'], permissions: ['files_edit'] };

const key = (...permissions: string[]): Standing => ({ identified: true, scopes: null, permissions });
const token = (scopes: string[], ...permissions: string[]): Standing => ({ identified: true, scopes, permissions });

describe('The expectation of the access matrix', () => {
  it.each<[string, Standing, Rule, string]>([
    ['nobody', { ...key('firm_admin'), identified: false }, READ, 'unauthenticated'],
    ['a key without api_access', key('files_edit'), READ, 'forbidden'],
    ['a key that may read', key('api_access', 'files_view'), READ, 'let through'],
    ['a key that may read, to change', key('api_access', 'files_view'), CHANGE, 'forbidden'],
    ['a key that may change, to read', key('api_access', 'files_edit'), READ, 'let through'],
    ['an administrator', key('firm_admin'), CHANGE, 'let through'],
    ['a token without api_access', token(['FILES'], 'files_view'), READ, 'let through'],
    ['a token of another scope', token(['ENTITIES'], 'firm_admin'), READ, 'forbidden'],
    ['a token that reads, to change', token(['FILES'], 'files_edit'), CHANGE, 'forbidden'],
    ['a token that writes, to read', token(['FILES_WRITE'], 'files_edit'), READ, 'let through'],
    ['a token whose user may not', token(['FILES_WRITE'], 'api_access'), READ, 'forbidden'],
  ])('%s', (_who, standing, rule, verdict) => {
    expect(verdictOn(standing, rule)).toBe(verdict);
  });

  it('finds a guard that lets anybody in, and one that shuts out', () => {
    expect(breachOf('unauthenticated', 200)).toMatch(/should have been 401/);
    expect(breachOf('forbidden', 204)).toMatch(/should have been 403/);
    expect(breachOf('forbidden', 404)).toMatch(/should have been 403/);
    expect(breachOf('let through', 403)).toMatch(/let through/);
    expect(breachOf('let through', 500)).toMatch(/let through/);
    expect([breachOf('let through', 404), breachOf('unauthenticated', 401), breachOf('forbidden', 403)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('finds an operation that is declared with a weaker rule than it is guarded with, and the reverse', () => {
    const viewer = key('api_access', 'files_view');
    const guardedAsChange = 403;
    expect(breachOf(verdictOn(viewer, READ), guardedAsChange)).not.toBeNull();
    const guardedAsRead = 200;
    expect(breachOf(verdictOn(viewer, CHANGE), guardedAsRead)).not.toBeNull();
  });

  const good: OperationObject = {
    responses: {},
    security: [{ apiKey: [], firm: [] }, { oauth2: ['FILES'] }],
    'x-permissions': ['files_view'],
  };
  const operation = (declared: OperationObject): Operation => ({ name: 'GET /x', method: 'GET', path: '/x', declared });

  it('reads the rule from the document', () => {
    expect(ruleOf(operation(good))).toEqual(READ);
  });

  it.each<[string, Partial<OperationObject>]>([
    ['no security', { security: undefined }],
    ['an empty security', { security: [] }],
    ['an alternative without credentials', { security: [...(good.security ?? []), {}] }],
    ['a key without a firm', { security: [{ apiKey: [] }, { oauth2: ['FILES'] }] }],
    ['no token', { security: [{ apiKey: [], firm: [] }] }],
    ['permissions, but a token without a scope', { security: [{ apiKey: [], firm: [] }, { oauth2: [] }] }],
    ['no permissions declared', { 'x-permissions': undefined }],
  ])('does not accept an operation with %s', (_says, fault) => {
    expect(() => ruleOf(operation({ ...good, ...fault }))).toThrow('GET /x');
  });

  const open: Partial<OperationObject> = {
    security: [{ apiKey: [], firm: [] }, { oauth2: [] }],
    'x-permissions': [],
  };

  it('accepts one that any caller may read with, and lets all through whose credentials are good', () => {
    const rule = ruleOf(operation({ ...good, ...open }));
    expect(rule).toEqual({ scopes: [], permissions: [] });
    expect(verdictOn(key('api_access'), rule)).toBe('let through');
    expect(verdictOn(token(['GROUPS']), rule)).toBe('let through');
    expect(verdictOn(key('files_edit'), rule)).toBe('forbidden');
    expect(verdictOn({ ...key('firm_admin'), identified: false }, rule)).toBe('unauthenticated');
  });

  it.each<[string, Partial<OperationObject>]>([
    ['that any caller may use', open],
    ['without a permission', { 'x-permissions': [] }],
    ['with a scope for reading', {}],
  ])('does not accept one %s to change something', (_says, fault) => {
    const change = { ...operation({ ...good, ...fault }), name: 'POST /x', method: 'POST' };
    expect(() => ruleOf(change)).toThrow('POST /x changes something');
  });

  it('weakens a rule by each of its names', () => {
    expect(weakenings(CHANGE)).toEqual([
      { without: 'FILES_WRITE', rule: { ...CHANGE, scopes: [] } },
      { without: 'files_edit', rule: { ...CHANGE, permissions: [] } },
    ]);
  });
});
