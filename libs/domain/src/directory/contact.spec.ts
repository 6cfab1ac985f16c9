import { describe, expect, it } from '@jest/globals';
import { aContact } from '@portico/testing';
import { type EntityId, type GroupId, InvalidField } from '../kernel/index.js';
import type { Contact, ContactProfile, PortalAccess } from './index.js';

const now = new Date('2026-02-03T04:05:06Z');
const later = new Date('2026-03-04T05:06:07Z');

/** A contact in that state of access. */
function inState(portalAccess: PortalAccess, changes: { loginEmail?: null; activatedAt?: Date } = {}): Contact {
  const contact = aContact({ profile: { loginEmail: 'adam@example.test' } });
  return Object.assign(contact, { portalAccess, ...changes });
}

describe('A new contact', () => {
  it('has no access, speaks English in UTC and wants to be told', () => {
    expect(aContact()).toMatchObject({
      portalAccess: 'none',
      timeZone: 'UTC',
      language: 'en',
      portalRole: 'viewer',
      publishFiles: true,
      notifyByEmail: true,
      mailingAddresses: [],
      sealedSsn: null,
      defaultEntityId: null,
    });
  });

  it('keeps what is given: addresses in lower case, empty text as nothing', () => {
    const profile = {
      loginEmail: ' Adam@Example.Test ',
      title: '  ',
      timeZone: 'europe/berlin',
      birthday: '2000-02-29',
    };
    expect(aContact({ profile })).toMatchObject({
      loginEmail: 'adam@example.test',
      title: null,
      timeZone: 'Europe/Berlin',
      birthday: '2000-02-29',
    });
  });

  it.each(['UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('may live in %s', (timeZone) =>
    expect(aContact({ profile: { timeZone } }).timeZone).toBe(timeZone),
  );

  it.each<[string, Partial<ContactProfile>]>([
    ['title', { title: 'x'.repeat(11) }],
    ['firstName', { firstName: ' ' }],
    ['firstName', { firstName: 'x'.repeat(41) }],
    ['lastName', { lastName: '𝒜'.repeat(81) }],
    ['suffix', { suffix: 'x'.repeat(11) }],
    ['externalUserId', { externalUserId: 'x'.repeat(32) }],
    ['loginEmail', { loginEmail: 'nobody' }],
    ['birthday', { birthday: '2001-02-29' }],
    ['birthday', { birthday: '0000-01-01' }],
    ['birthday', { birthday: '31.10.1990' }],
    ['employer', { employer: 'x'.repeat(81) }],
    ['occupation', { occupation: 'a\nb' }],
    ['timeZone', { timeZone: 'Berlin' }],
    ['timeZone', { timeZone: '+01:00' }],
    ['timeZone', { timeZone: '' }],
    ['emails/1/email', { emails: ['a@b.c', 'x'].map((email) => ({ email, emailType: 'WORK' })) }],
    ['emails', { emails: Array.from({ length: 51 }, () => ({ email: 'a@b.c', emailType: 'WORK' }) as const) }],
    ['phoneNumbers/0/number', { phoneNumbers: [{ number: '1'.repeat(16), phoneType: 'CELL' }] }],
    ['familyMembers/0/lastName', { familyMembers: [{ firstName: 'A', lastName: '', relationship: 'SON' }] }],
  ])('is refused for its %s: %j', (field, profile) => {
    const refusal = expect.objectContaining({ field }) as unknown as Error;
    expect(() => aContact({ profile })).toThrow(refusal);
    expect(() => aContact().edit(profile, now)).toThrow(InvalidField);
  });

  it.each([
    ['street', 'x'.repeat(81)],
    ['city', ''],
    ['zip', 'x'.repeat(11)],
    ['addressType', 'x'.repeat(81)],
  ])('is refused for the %s of an address', (name, value) => {
    const address = { street: 'S', street2: null, city: 'C', state: 'S', zip: 'Z', country: null, addressType: null };
    const refusal = expect.objectContaining({ field: `mailingAddresses/0/${name}` }) as unknown as Error;
    expect(() => aContact({ profile: { mailingAddresses: [{ ...address, [name]: value }] } })).toThrow(refusal);
  });

  it('counts characters, not their halves', () => {
    expect(aContact({ profile: { title: '𝒜'.repeat(10) } }).title).toHaveLength(20);
  });
});

describe('A contact', () => {
  it('answers what is different after an edit, and dates it', () => {
    const emails = [{ email: 'a@b.c', emailType: 'WORK' as const }];
    const contact = aContact({ profile: { emails, title: 'Mr.' } });
    const fields = contact.edit({ title: null, firstName: 'Adam ', emails: [...emails], language: 'ja' }, now);
    expect(fields).toEqual(['title', 'language']);
    expect(contact).toMatchObject({ title: null, language: 'ja', modifiedAt: now });
    expect(contact.edit({ title: '', language: 'ja' }, later)).toEqual([]);
    expect(contact.modifiedAt).toEqual(now);
  });

  it('does not take the order of stored members for a change', () => {
    const contact = aContact({ profile: { emails: [{ emailType: 'WORK', email: 'a@b.c' }] } });
    Object.assign(contact, { emails: [{ emailType: 'WORK', email: 'a@b.c' }] });
    expect(contact.edit({ emails: [{ email: 'a@b.c', emailType: 'WORK' }] }, now)).toEqual([]);
  });

  it.each<PortalAccess>(['invited', 'active'])('keeps an address to sign in with while %s', (state) => {
    const contact = inState(state);
    for (const loginEmail of [null, ''])
      expect(() => contact.edit({ loginEmail }, now)).toThrow(
        expect.objectContaining({ kind: 'invalid', code: 'login_email_required' }),
      );
    expect(contact.edit({ loginEmail: 'new@example.test' }, now)).toEqual(['loginEmail']);
  });

  it.each<PortalAccess>(['none', 'revoked'])('may lose it while %s', (state) => {
    expect(inState(state).edit({ loginEmail: null }, now)).toEqual(['loginEmail']);
  });
});

describe('The access of a contact to the portal', () => {
  it.each<[PortalAccess, 'invite' | 'revoke' | 'restore', PortalAccess | null, string | null]>([
    ['none', 'invite', 'invited', null],
    ['invited', 'invite', 'invited', null],
    ['active', 'invite', null, 'contact_already_active'],
    ['revoked', 'invite', null, 'contact_revoked'],
    ['none', 'revoke', null, 'contact_not_active'],
    ['invited', 'revoke', 'revoked', null],
    ['active', 'revoke', 'revoked', null],
    ['revoked', 'revoke', null, 'contact_not_active'],
    ['none', 'restore', null, 'contact_not_revoked'],
    ['invited', 'restore', null, 'contact_not_revoked'],
    ['active', 'restore', null, 'contact_not_revoked'],
    ['revoked', 'restore', 'invited', null],
  ])('%s, %s: %s %s', (from, step, to, code) => {
    const contact = inState(from);
    if (code === null) {
      expect(contact[step](now)).toBe(to !== from);
      expect(contact.portalAccess).toBe(to);
      expect(contact.modifiedAt.getTime() === now.getTime()).toBe(to !== from);
    } else {
      expect(() => contact[step](now)).toThrow(expect.objectContaining({ code }));
      expect(contact.portalAccess).toBe(from);
    }
  });

  it('comes back as it was: active for who had used the portal', () => {
    const contact = inState('active', { activatedAt: new Date('2026-01-01T00:00:00Z') });
    contact.revoke(now);
    contact.restore(later);
    expect(contact.portalAccess).toBe('active');
  });

  it.each([['none', 'invite'] as const, ['revoked', 'restore'] as const])(
    'needs an address to sign in with: %s, %s',
    (state, step) => {
      const contact = inState(state, { loginEmail: null });
      const refusal = expect.objectContaining({ kind: 'invalid', code: 'login_email_missing' }) as unknown as Error;
      expect(() => contact[step](now)).toThrow(refusal);
    },
  );
});

describe('The default affiliation of a contact', () => {
  const affiliations = { entityIds: ['5' as EntityId], groupIds: ['7' as GroupId] };

  it('is one of the affiliations, or none', () => {
    const contact = aContact();
    expect(contact.preferAffiliation({ entityId: '5' as EntityId }, affiliations, now)).toBe(true);
    expect(contact.preferAffiliation({ entityId: '5' as EntityId }, affiliations, now)).toBe(false);
    expect(contact.preferAffiliation({ groupId: '7' as GroupId }, affiliations, now)).toBe(true);
    expect(contact).toMatchObject({ defaultEntityId: null, defaultGroupId: '7', modifiedAt: now });
    for (const other of [{ entityId: '7' as EntityId }, { groupId: '5' as GroupId }])
      expect(() => contact.preferAffiliation(other, affiliations, now)).toThrow(
        expect.objectContaining({ code: 'invalid_default_affiliation' }),
      );
    expect(contact.preferAffiliation(null, affiliations, now)).toBe(true);
    expect(contact.defaultGroupId).toBeNull();
  });

  it('goes when its affiliation goes', () => {
    const contact = aContact();
    contact.preferAffiliation({ groupId: '7' as GroupId }, affiliations, now);
    contact.reaffiliated({ ...affiliations, entityIds: [] }, now);
    expect(contact.defaultGroupId).toBe('7');
    contact.reaffiliated({ entityIds: affiliations.entityIds, groupIds: [] }, later);
    expect(contact).toMatchObject({ defaultGroupId: null, modifiedAt: later });
  });
});
