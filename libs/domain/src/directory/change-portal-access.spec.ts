import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ContactId, EntityId, FirmId, UserId } from '../kernel/index.js';

const actor = anActor();

describe('ChangePortalAccess', () => {
  it('invites, revokes and restores, each told once', async () => {
    const bench = new ContactBench();
    const contact = await bench.with({ profile: { loginEmail: 'a@b.c' } });
    for (const step of ['invite', 'invite', 'revoke', 'restore'] as const)
      await bench.changePortalAccess.execute(actor, { id: contact.id, step });
    expect(contact.portalAccess).toBe('invited');
    expect(bench.history.entries.map(({ action, details }) => [action, details])).toEqual([
      ['contact.invited', { from: 'none', to: 'invited' }],
      ['contact.revoked', { from: 'invited', to: 'revoked' }],
      ['contact.restored', { from: 'revoked', to: 'invited' }],
    ]);
  });

  it('keeps everything as it was when it is refused', async () => {
    const bench = new ContactBench();
    const contact = await bench.with();
    const before = { ...contact };
    for (const [step, code] of [
      ['invite', 'login_email_missing'],
      ['revoke', 'contact_not_active'],
      ['restore', 'contact_not_revoked'],
    ] as const)
      await expect(bench.changePortalAccess.execute(actor, { id: contact.id, step })).rejects.toMatchObject({ code });
    expect([{ ...contact }, bench.history.entries]).toEqual([before, []]);
  });

  it('is for who may change the contact', async () => {
    const bench = new ContactBench();
    const { id } = await bench.with({ profile: { loginEmail: 'a@b.c' } });
    const userId = '12' as UserId;
    bench.access.put('1' as FirmId, 'entities', '5', userId);
    const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
    const attempt = (who = restricted, of: ContactId = id) =>
      bench.changePortalAccess.execute(who, { id: of, step: 'invite' });
    await expect(attempt()).rejects.toMatchObject({ code: 'contact_not_found' });
    await expect(attempt(anActor({ firmId: '2' as FirmId }))).rejects.toMatchObject({ code: 'contact_not_found' });
    const ids = ['5', '6'] as EntityId[];
    await bench.contacts.affiliate('1' as FirmId, id, { entityIds: ids, groupIds: [] });
    await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden', code: 'contact_not_changeable' });
    await bench.contacts.separate('1' as FirmId, id, { entityIds: ['6' as EntityId], groupIds: [] });
    await attempt();
    expect(bench.contacts.contacts.get(id)?.portalAccess).toBe('invited');
  });
});
