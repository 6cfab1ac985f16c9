import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { CreateContactInput } from './index.js';

const firmId = '1' as FirmId;
const userId = '12' as UserId;
const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
const profile = { firstName: 'Adam', lastName: 'Smith' };
const affiliations = { entityIds: ['5' as EntityId], groupIds: ['7' as GroupId] };

/** Entity 5 and group 7 are permitted to the restricted user, entity 6 is not; 8 is another firm's. */
function bench(): ContactBench {
  const it = new ContactBench();
  it.access.put(firmId, 'entities', '5', userId);
  it.access.put(firmId, 'entities', '6');
  it.access.put(firmId, 'groups', '7', userId);
  it.access.put('2' as FirmId, 'entities', '8', userId);
  return it;
}

describe('CreateContact', () => {
  it('adds a contact with affiliations, of which one is the default', async () => {
    const { contacts, createContact, clock } = bench();
    const defaultAffiliation = { groupId: '7' as GroupId };
    const id = await createContact.execute(restricted, { profile, affiliations, defaultAffiliation });
    expect(contacts.contacts.get(id)).toMatchObject({ firmId, createdBy: userId, defaultGroupId: '7', ...profile });
    expect(contacts.contacts.get(id)?.createdAt).toEqual(clock.now());
    expect(await contacts.affiliationsOf(firmId, id)).toEqual(affiliations);
  });

  it('seals the ssn for this contact, and tells the history nothing of it', async () => {
    const { contacts, createContact, sealer, history } = bench();
    const input = { profile: { ...profile, loginEmail: 'a@b.c', birthday: '1990-10-31' }, ssn: ' 123456789 ' };
    const id = await createContact.execute(anActor(), input);
    const sealed = contacts.contacts.get(id)?.sealedSsn ?? new Uint8Array();
    expect(sealer.open(`the ssn of contact ${id} of firm 1`, sealed)).toBe('123456789');
    expect(history.entries).toMatchObject([{ action: 'contact.created', details: { loginEmail: 'a@b.c' } }]);
    expect(JSON.stringify(history.entries)).not.toMatch(/123456789|1990/);
  });

  it.each<[Partial<CreateContactInput>, string]>([
    [{ affiliations: { entityIds: ['6' as EntityId] } }, 'unknown_entities'],
    [{ affiliations: { entityIds: ['5' as EntityId, '8' as EntityId] } }, 'unknown_entities'],
    [{ affiliations: { groupIds: ['5' as GroupId] } }, 'unknown_groups'],
    [{ affiliations, defaultAffiliation: { entityId: '6' as EntityId } }, 'invalid_default_affiliation'],
    [{ defaultAffiliation: { entityId: '5' as EntityId } }, 'invalid_default_affiliation'],
    [{ ssn: '1234567890' }, 'invalid_value'],
    [{ profile: { ...profile, firstName: '' } }, 'invalid_value'],
    [{ profile: { ...profile, loginEmail: 'TAKEN@example.test' } }, 'login_email_taken'],
    [{ profile: { ...profile, externalUserId: 'taken' } }, 'external_user_id_taken'],
  ])('refuses %j with %s, and keeps nothing', async (input, code) => {
    const it = bench();
    await it.with({ profile: { loginEmail: 'taken@example.test', externalUserId: 'taken' } });
    await expect(it.createContact.execute(restricted, { profile, ...input })).rejects.toMatchObject({ code });
    expect([it.contacts.contacts.size, it.history.entries]).toEqual([1, []]);
  });

  it('allows in one firm what another has', async () => {
    const it = bench();
    const same = { ...profile, loginEmail: 'taken@example.test', externalUserId: 'taken' };
    await it.with({ firmId: '2' as FirmId, profile: same });
    await it.createContact.execute(restricted, { profile: same });
    expect(it.contacts.contacts.size).toBe(2);
  });
});
