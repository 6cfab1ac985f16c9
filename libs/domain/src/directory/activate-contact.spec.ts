import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';

describe('ActivateContact', () => {
  it('makes an invited contact active, once, with no user in the history', async () => {
    const it = new ContactBench();
    const { id } = await it.with({ profile: { loginEmail: 'a@b.c' } });
    await it.changePortalAccess.execute(anActor(), { id, step: 'invite' });
    const author = { ...anActor(), userId: null };
    await it.activateContact.execute(author, { id });
    await it.activateContact.execute(author, { id });
    expect(it.contacts.contacts.get(id)).toMatchObject({ portalAccess: 'active', activatedAt: it.clock.now() });
    expect(it.history.entries.slice(1)).toMatchObject([{ action: 'contact.activated', author: { userId: null } }]);
  });

  it('gives nobody access who was not invited', async () => {
    const it = new ContactBench();
    const { id } = await it.with({ profile: { loginEmail: 'a@b.c' } });
    await it.activateContact.execute({ ...anActor(), userId: null }, { id });
    await it.changePortalAccess.execute(anActor(), { id, step: 'invite' });
    await it.changePortalAccess.execute(anActor(), { id, step: 'revoke' });
    await it.activateContact.execute({ ...anActor(), userId: null }, { id });
    expect(it.contacts.contacts.get(id)).toMatchObject({ portalAccess: 'revoked', activatedAt: null });
  });
});
