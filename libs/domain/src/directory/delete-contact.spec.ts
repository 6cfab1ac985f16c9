import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ContactId, EntityId, FirmId, UserId } from '../kernel/index.js';

const firmId = '1' as FirmId;

describe('DeleteContact', () => {
  it('removes the contact with its affiliations, and tells the history who it was', async () => {
    const bench = new ContactBench();
    const { id } = await bench.with({ profile: { loginEmail: 'a@b.c', externalUserId: 'A1' } });
    await bench.contacts.affiliate(firmId, id, { entityIds: ['5' as EntityId], groupIds: [] });
    await bench.deleteContact.execute(anActor(), { id });
    expect(bench.contacts.contacts.size).toBe(0);
    expect(await bench.contacts.affiliationsOf(firmId, id)).toEqual({ entityIds: [], groupIds: [] });
    expect(bench.history.entries).toMatchObject([
      {
        action: 'contact.deleted',
        subject: { type: 'contact', id },
        details: { loginEmail: 'a@b.c', externalUserId: 'A1', portalAccess: 'none' },
      },
    ]);
    await expect(bench.deleteContact.execute(anActor(), { id })).rejects.toMatchObject({ code: 'contact_not_found' });
  });

  it('is for who may change the contact', async () => {
    const bench = new ContactBench();
    const { id } = await bench.with();
    const userId = '12' as UserId;
    const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
    for (const actor of [restricted, anActor({ firmId: '2' as FirmId })])
      await expect(bench.deleteContact.execute(actor, { id })).rejects.toMatchObject({ code: 'contact_not_found' });
    await expect(bench.deleteContact.execute(anActor(), { id: '404' as ContactId })).rejects.toMatchObject({
      code: 'contact_not_found',
    });
    bench.access.put(firmId, 'entities', '5', userId);
    await bench.contacts.affiliate(firmId, id, { entityIds: ['5', '6'] as EntityId[], groupIds: [] });
    await expect(bench.deleteContact.execute(restricted, { id })).rejects.toMatchObject({
      code: 'contact_not_changeable',
    });
    expect(bench.contacts.contacts.size).toBe(1);
  });
});
