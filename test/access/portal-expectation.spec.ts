import { describe, expect, it } from '@jest/globals';
import type { Operation, OperationObject } from '../support/openapi-document.js';
import { portalRuleOf, type PortalStanding, portalVerdictOn } from './portal-expectation.js';

const good: PortalStanding = {
  ...{ identified: true, isForPortal: true, isWellFormed: true, namesUser: true, isTrue: true },
  ...{ role: 'collaborator', sees: true, isOfCompany: true },
};
const declared: OperationObject = {
  responses: {},
  security: [{ portalToken: [] }, { oauth2: ['PORTAL'] }],
  'x-portal-role': 'viewer',
  parameters: [{ name: 'X-Portal-User-Id', in: 'header', required: true }],
};
const operation = (changes: Partial<OperationObject> = {}, method = 'GET'): Operation => ({
  ...{ name: `${method} /x`, method, path: '/x' },
  declared: { ...declared, ...changes },
});

describe('The expectation of the portal matrix', () => {
  it.each<[string, Partial<PortalStanding>, string, string]>([
    ['one for whom all is well', {}, 'collaborator', 'let through'],
    ['one with too small a role', {}, 'admin', 'forbidden'],
    ['one with a greater role', { role: 'admin' }, 'viewer', 'let through'],
    ['nobody', { identified: false, isWellFormed: false }, 'viewer', 'unauthenticated'],
    ['a token of another scope', { isForPortal: false, isWellFormed: false }, 'viewer', 'forbidden'],
    ['one without a header', { isWellFormed: false, isTrue: false }, 'viewer', 'bad request'],
    ['one without a user', { namesUser: false }, 'viewer', 'bad request'],
    ['one whose headers are not true', { isTrue: false, sees: false }, 'viewer', 'forbidden'],
    ['one to whom it is not published', { sees: false }, 'viewer', 'not found'],
  ])('of %s', (_who, changes, role, verdict) => {
    expect(portalVerdictOn({ ...good, ...changes }, { role, user: true }, 'contact')).toBe(verdict);
  });

  it('asks for a user only where a route does, and hides nothing where it is about no subject', () => {
    const nameless = { ...good, namesUser: false };
    expect(portalVerdictOn(nameless, { role: 'viewer', user: false }, 'contact')).toBe('let through');
    const blind = { ...good, sees: false, isOfCompany: false };
    expect(portalVerdictOn(blind, { role: 'viewer', user: true }, 'nobody')).toBe('let through');
  });

  it('shows what is of a company to everybody who calls for it, and to nobody else', () => {
    const rule = { role: 'viewer', user: false };
    expect(portalVerdictOn({ ...good, sees: false }, rule, 'company')).toBe('let through');
    for (const subject of ['company', 'contact'] as const)
      expect(portalVerdictOn({ ...good, isOfCompany: false }, rule, subject)).toBe('not found');
  });

  it('reads the rule from the document', () => {
    expect(portalRuleOf(operation())).toEqual({ role: 'viewer', user: true });
    const optional = [{ name: 'X-Portal-User-Id', in: 'header' }];
    const open = operation({ parameters: optional, 'x-portal-role': 'admin' }, 'POST');
    expect(portalRuleOf(open)).toEqual({ role: 'admin', user: false });
  });

  it.each<[string, Partial<OperationObject>, string]>([
    ['without security', { security: undefined }, 'GET'],
    ['for API keys too', { security: [...(declared.security ?? []), { apiKey: [] }] }, 'GET'],
    ['for everybody', { security: [...(declared.security ?? []), {}] }, 'GET'],
    ['without a role', { 'x-portal-role': undefined }, 'GET'],
    ['with a role that there is not', { 'x-portal-role': 'owner' }, 'GET'],
    ['without the header of the user', { parameters: [] }, 'GET'],
    ['that changes something as a viewer', {}, 'POST'],
  ])('does not accept an operation %s', (_says, fault, method) => {
    expect(() => portalRuleOf(operation(fault, method))).toThrow(`${method} /x`);
  });
});
