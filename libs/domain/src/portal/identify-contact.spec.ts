import { describe, expect, it } from '@jest/globals';
import { aPortalUser, StaticCompanyQueries } from '@portico/testing';
import type { ContactId, PortalActor, PortalRole } from '../kernel/index.js';
import type { PortalStanding } from './company-queries.js';
import { IdentifyContact } from './identify-contact.js';

const named = aPortalUser();
const unnamed: PortalActor = { ...named, contactId: null };

function identify(actor: PortalActor, portalUserId: string | null, contact: PortalStanding['contact'] = null) {
  const companies = new StaticCompanyQueries({ isKnown: true, contact, outsiders: [] });
  return new IdentifyContact(companies).execute(actor, { portalUserId, role: 'collaborator' });
}

describe('IdentifyContact', () => {
  it.each([null, '20'])('takes the contact of the header when the body says %j', async (portalUserId) => {
    expect(await identify(named, portalUserId)).toEqual(named);
  });

  it('takes the contact of the body where the header says none', async () => {
    const contact = { role: 'admin', isInvited: false } as const;
    expect(await identify(unnamed, '21', contact)).toEqual({ ...named, contactId: '21' as ContactId });
  });

  it.each<[PortalRole, PortalRole, PortalRole]>([
    ['admin', 'collaborator', 'collaborator'],
    ['collaborator', 'admin', 'collaborator'],
  ])('makes of the claimed role %s and the own role %s the role %s', async (role, own, smaller) => {
    const user = await identify({ ...unnamed, role }, '20', { role: own, isInvited: true });
    expect(user).toMatchObject({ role: smaller, isFirstUse: true });
  });

  it('lets nobody speak for another', async () => {
    await expect(identify(named, '21')).rejects.toMatchObject({ kind: 'invalid', field: 'portalUserId' });
  });

  it.each(['abc', '', '0', '1.5'])('refuses %j, which is no id', async (portalUserId) => {
    for (const actor of [named, unnamed])
      await expect(identify(actor, portalUserId)).rejects.toMatchObject({ kind: 'invalid', field: 'portalUserId' });
  });

  it('needs to know who it is', async () => {
    await expect(identify(unnamed, null)).rejects.toMatchObject({ kind: 'invalid', code: 'portal_header_missing' });
  });

  it('knows no contact who is not of the company or may not use the portal', async () => {
    await expect(identify(unnamed, '21')).rejects.toMatchObject({ kind: 'forbidden', code: 'portal_user_unknown' });
  });

  it('refuses a contact with too small a role', async () => {
    const refused = identify(unnamed, '21', { role: 'viewer', isInvited: false });
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden', code: 'portal_role_too_small' });
  });
});
