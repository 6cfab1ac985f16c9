import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ContactId, EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { ChangeContactInput } from './index.js';

const firmId = '1' as FirmId;
const userId = '12' as UserId;
const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
const five = { entityIds: ['5' as EntityId], groupIds: [] };

/** A contact of entity 5, which is permitted to the restricted user; 6 is not. */
async function bench() {
  const it = new ContactBench();
  it.access.put(firmId, 'entities', '5', userId);
  it.access.put(firmId, 'entities', '6');
  it.access.put(firmId, 'groups', '7', userId);
  const contact = await it.with();
  await it.contacts.affiliate(firmId, contact.id, five);
  const change = (input: Omit<ChangeContactInput, 'id'>, actor = anActor()) =>
    it.changeContact.execute(actor, { id: contact.id, ...input });
  return Object.assign(it, { contact, change });
}

describe('ChangeContact', () => {
  it('changes what is given, and tells the history the values of what is not merely personal', async () => {
    const { contact, change, history, clock } = await bench();
    await change({ profile: { loginEmail: 'New@example.test', birthday: '1990-10-31', firstName: 'Eve' } });
    expect(contact).toMatchObject({ loginEmail: 'new@example.test', birthday: '1990-10-31', firstName: 'Eve' });
    expect(contact.modifiedAt).toEqual(clock.now());
    expect(history.entries).toMatchObject([
      {
        action: 'contact.changed',
        details: { loginEmail: { from: null, to: 'new@example.test' }, birthday: 'changed', firstName: 'changed' },
      },
    ]);
  });

  it('replaces the affiliations that are given, and leaves the other kind', async () => {
    const { contact, change, contacts, history } = await bench();
    await change({ affiliations: { groupIds: ['7' as GroupId] }, defaultAffiliation: { groupId: '7' as GroupId } });
    expect(await contacts.affiliationsOf(firmId, contact.id)).toEqual({ entityIds: ['5'], groupIds: ['7'] });
    expect(contact.defaultGroupId).toBe('7');
    await change({ affiliations: { groupIds: [] } });
    expect(contact.defaultGroupId).toBeNull();
    expect(history.entries.map(({ details }) => details)).toMatchObject([
      { affiliated: { groupIds: ['7'] }, defaultAffiliation: { groupId: '7' } },
      { separated: { groupIds: ['7'] } },
    ]);
  });

  it('seals another ssn, and takes it away', async () => {
    const { contact, change, sealer, history } = await bench();
    const open = () =>
      contact.sealedSsn && sealer.open(`the ssn of contact ${contact.id} of firm 1`, contact.sealedSsn);
    await change({ ssn: '123' });
    expect(open()).toBe('123');
    await change({ ssn: ' 123 ' });
    await change({ ssn: null });
    expect(open()).toBeNull();
    expect(history.entries.map(({ details }) => details)).toEqual([{ ssn: 'changed' }, { ssn: 'changed' }]);
  });

  it.each<Omit<ChangeContactInput, 'id'>>([
    {},
    { profile: { firstName: 'Adam', title: null }, ssn: null, affiliations: {}, defaultAffiliation: null },
    { affiliations: five },
  ])('leaves everything as it was when nothing is different: %j', async (input) => {
    const { contact, change, history } = await bench();
    const before = { ...contact };
    await change(input);
    expect([{ ...contact }, history.entries]).toEqual([before, []]);
  });

  it.each<[Omit<ChangeContactInput, 'id'>, string]>([
    [{ profile: { firstName: '' } }, 'invalid_value'],
    [{ profile: { loginEmail: 'taken@example.test' } }, 'login_email_taken'],
    [{ profile: { externalUserId: 'taken' } }, 'external_user_id_taken'],
    [{ ssn: '1234567890' }, 'invalid_value'],
    [{ affiliations: { entityIds: ['5' as EntityId, '6' as EntityId] } }, 'unknown_entities'],
    [{ affiliations: { groupIds: ['404' as GroupId] } }, 'unknown_groups'],
    [{ defaultAffiliation: { groupId: '7' as GroupId } }, 'invalid_default_affiliation'],
  ])('refuses %j with %s, and changes nothing', async (input, code) => {
    const it = await bench();
    const { contact, change, contacts, history } = it;
    await it.with({ profile: { loginEmail: 'taken@example.test', externalUserId: 'taken' } });
    const before = { ...contact };
    const given = { ...input, profile: { lastName: 'Changed', ...input.profile } };
    await expect(change(given, restricted)).rejects.toMatchObject({ code });
    expect([{ ...contact }, history.entries]).toEqual([before, []]);
    expect(await contacts.affiliationsOf(firmId, contact.id)).toEqual(five);
  });

  it('does not find what is unknown, another firm’s, or not to be read', async () => {
    const it = await bench();
    const foreign = await it.with({ firmId: '2' as FirmId });
    const hidden = await it.with();
    await it.contacts.affiliate(firmId, hidden.id, { entityIds: ['6' as EntityId], groupIds: [] });
    for (const id of ['404' as ContactId, foreign.id, hidden.id])
      await expect(it.changeContact.execute(restricted, { id, ssn: '1' })).rejects.toMatchObject({
        kind: 'not_found',
        code: 'contact_not_found',
      });
  });

  it('is forbidden for who may read only a part of what the contact belongs to', async () => {
    const { contact, contacts, change } = await bench();
    await contacts.affiliate(firmId, contact.id, { entityIds: ['6' as EntityId], groupIds: [] });
    await expect(change({ ssn: '1' }, restricted)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'contact_not_changeable',
    });
    await change({ ssn: '1' });
  });

  it('without affiliations is for who made it', async () => {
    const it = await bench();
    const own = await it.with({ createdBy: userId });
    const other = await it.with();
    await it.changeContact.execute(restricted, { id: own.id, profile: { title: 'Dr.' } });
    expect(own.title).toBe('Dr.');
    await expect(it.changeContact.execute(restricted, { id: other.id, ssn: '1' })).rejects.toMatchObject({
      code: 'contact_not_found',
    });
  });
});
