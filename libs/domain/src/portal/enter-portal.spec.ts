import { describe, expect, it } from '@jest/globals';
import { StaticCompanyQueries } from '@portico/testing';
import type { ClientId, ContactId, FirmId, PortalRole } from '../kernel/index.js';
import type { PortalClaim, PortalStanding } from './company-queries.js';
import { EnterPortal } from './enter-portal.js';

const worker = { firmId: '1' as FirmId, credential: { kind: 'portal_token', id: 't' } } as const;
const origin = { requestId: 'r', address: null };
const claim: PortalClaim = {
  companyId: '500' as ClientId,
  contactId: '20' as ContactId,
  role: 'collaborator',
  groupIds: ['501', '500'] as ClientId[],
};
const good: PortalStanding = { isKnown: true, contact: { role: 'admin', isInvited: false }, outsiders: [] };

function enter(standing: Partial<PortalStanding>, claimed: Partial<PortalClaim> = {}, role: PortalRole = 'viewer') {
  const enterPortal = new EnterPortal(new StaticCompanyQueries({ ...good, ...standing }));
  return enterPortal.execute(worker, { ...claim, ...claimed }, { role, user: true }, origin);
}

describe('EnterPortal', () => {
  it('answers for whom the worker acts: the company always counts among its group', async () => {
    const actor = { ...worker, companyId: '500', companyIds: ['500', '501'], contactId: '20', role: 'collaborator' };
    expect(await enter({})).toEqual({ ...actor, isFirstUse: false, origin });
    expect((await enter({}, { groupIds: [] })).companyIds).toEqual(['500']);
  });

  it('tells a contact who comes for the first time', async () => {
    expect((await enter({ contact: { role: 'admin', isInvited: true } })).isFirstUse).toBe(true);
  });

  it.each<[PortalRole, PortalRole, PortalRole]>([
    ['viewer', 'admin', 'viewer'],
    ['admin', 'viewer', 'viewer'],
    ['admin', 'collaborator', 'collaborator'],
    ['admin', 'admin', 'admin'],
  ])('makes of the claimed role %s and the own role %s the role %s', async (role, own, smaller) => {
    expect((await enter({ contact: { role: own, isInvited: false } }, { role })).role).toBe(smaller);
  });

  it('takes the claimed role where no contact is named', async () => {
    expect(await enter({ contact: null }, { contactId: null })).toMatchObject({
      contactId: null,
      role: 'collaborator',
    });
  });

  it.each<[PortalRole, PortalRole, boolean]>([
    ['viewer', 'viewer', true],
    ['viewer', 'collaborator', false],
    ['collaborator', 'viewer', true],
    ['collaborator', 'admin', false],
    ['admin', 'admin', true],
  ])('of a %s asks for a %s: let through is %s', async (role, needed, isEnough) => {
    const entered = enter({}, { role }, needed);
    if (isEnough) await expect(entered).resolves.toMatchObject({ role });
    else await expect(entered).rejects.toMatchObject({ kind: 'forbidden', code: 'portal_role_too_small' });
  });

  it.each<[string, Partial<PortalStanding>, string]>([
    ['company', { isKnown: false, contact: null, outsiders: ['501' as ClientId] }, 'portal_company_unknown'],
    ['contact', { contact: null }, 'portal_user_unknown'],
    ['group', { outsiders: ['501' as ClientId] }, 'portal_company_outside_group'],
  ])('refuses a %s that is not there', async (_what, standing, code) => {
    await expect(enter(standing)).rejects.toMatchObject({ kind: 'forbidden', code });
  });
});
