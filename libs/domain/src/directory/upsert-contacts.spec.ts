import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ClientId, EntityId, FirmId, UserId } from '../kernel/index.js';
import type { ContactRow } from './upsert-contacts.js';

const FIRM = '1' as FirmId;
const restricted = anActor({ allDataAccess: false, userId: '12' as UserId });

/** Two clients: 1 with the entity 10, called `one`, permitted to user 12; and 2 with the entity 20, called `two`. */
function bench() {
  const all = new ContactBench();
  all.access.put(FIRM, 'entities', '10', restricted.userId);
  all.access.put(FIRM, 'entities', '20');
  all.contacts.clients.set('1' as ClientId, { firmId: FIRM, entityId: '10' as EntityId, externalId: 'one' });
  all.contacts.clients.set('2' as ClientId, { firmId: FIRM, entityId: '20' as EntityId, externalId: 'two' });
  const upsert = (rows: readonly ContactRow[], actor = anActor()) => all.upsertContacts.execute(actor, rows);
  const called = (name: string) => [...all.contacts.contacts.values()].find((one) => one.externalUserId === name);
  const entities = async (name: string) =>
    (await all.contacts.affiliationsOf(FIRM, called(name)?.id ?? ('0' as never))).entityIds;
  return { ...all, upsert, called, entities };
}
const row = (externalId: string, more: Partial<ContactRow> = {}): ContactRow => ({
  ...{ externalId, firstName: 'Ada', lastName: 'Byron' },
  ...more,
});

describe('UpsertContacts', () => {
  it('adds, changes and leaves alone, and counts each', async () => {
    const { upsert, called, history } = bench();
    expect(await upsert([row('a', { loginEmail: 'A@x.test' }), row('b')])).toEqual({
      ...{ created: 2, updated: 0, unchanged: 0 },
    });
    expect(called('a')).toMatchObject({ loginEmail: 'a@x.test', portalAccess: 'none', createdBy: '11' });
    history.entries.splice(0);
    const again = [row('a', { loginEmail: 'a@x.test' }), { externalId: 'b', employer: 'X' }, row('c')];
    expect(await upsert(again)).toEqual({ created: 1, updated: 1, unchanged: 1 });
    expect(history.actions).toEqual([`contact.changed ${called('b')?.id}`, `contact.created ${called('c')?.id}`]);
    expect(history.entries[0]?.details).toEqual({ employer: 'changed' });
  });

  it('makes them contacts of clients, and affiliated with the entities of these', async () => {
    const { upsert, called, entities, contacts, clock } = bench();
    await upsert([row('a', { clientId: '1' as ClientId }), row('b', { clientExternalId: 'two' })]);
    expect([await entities('a'), await entities('b')]).toEqual([['10'], ['20']]);
    const a = called('a');
    a?.preferAffiliation({ entityId: '10' as EntityId }, { entityIds: ['10' as EntityId], groupIds: [] }, clock.now());
    await upsert([row('a', { clientExternalId: 'two' }), row('b', { clientId: null })]);
    expect([await entities('a'), await entities('b')]).toEqual([['20'], []]);
    expect([a?.clientId, a?.defaultEntityId, called('b')?.clientId]).toEqual(['2', null, null]);
    expect(await upsert([{ externalId: 'a' }])).toMatchObject({ unchanged: 1 });
    expect(contacts.contacts.size).toBe(2);
  });

  it.each<[string, readonly ContactRow[], string, string]>([
    ['a new one without a name', [{ externalId: 'n', firstName: 'A' }], '0/lastName', 'invalid_value'],
    ['a blank external id', [row(' ')], '0/externalId', 'invalid_value'],
    ['two rows about one', [row('n'), row('n')], '1/externalId', 'invalid_value'],
    ['a wrong address', [row('n'), row('m', { loginEmail: 'x' })], '1/loginEmail', 'invalid_email'],
    ['an address of another contact', [row('n', { loginEmail: 'old@x.test' })], '0/loginEmail', 'login_email_taken'],
    [
      'two rows with one address',
      [row('n', { loginEmail: 'n@x.test' }), row('m', { loginEmail: 'N@x.test' })],
      '1/loginEmail',
      'login_email_taken',
    ],
    ['an unknown client', [row('n', { clientId: '404' as ClientId })], '0/clientId', 'unknown_client'],
    ['a client by an unknown name', [row('n', { clientExternalId: 'x' })], '0/clientExternalId', 'unknown_client'],
  ])('refuses %s, and keeps nothing', async (_says, rows, field, code) => {
    const { upsert, contacts, history } = bench();
    await upsert([row('old', { loginEmail: 'old@x.test' })]);
    const before = [contacts.contacts.size, history.entries.length];
    await expect(upsert(rows)).rejects.toMatchObject({ field, code });
    expect([contacts.contacts.size, history.entries.length]).toEqual(before);
  });

  it('keeps to what is permitted to the actor', async () => {
    const { upsert } = bench();
    await upsert([row('mine', { clientId: '1' as ClientId }), row('theirs', { clientId: '2' as ClientId })]);
    expect(await upsert([{ externalId: 'mine', employer: 'X' }], restricted)).toMatchObject({ updated: 1 });
    const refused = (one: ContactRow) => expect(upsert([one], restricted)).rejects;
    await refused({ externalId: 'theirs', employer: 'X' }).toMatchObject({ code: 'contact_not_changeable' });
    await refused(row('new', { clientId: '2' as ClientId })).toMatchObject({ field: '0/clientId' });
  });

  it('never touches a contact of another firm', async () => {
    const { upsert, contacts } = bench();
    await upsert([row('a')]);
    expect(await upsert([row('a')], anActor({ firmId: '2' as FirmId }))).toMatchObject({ created: 1 });
    expect(contacts.contacts.size).toBe(2);
  });
});
