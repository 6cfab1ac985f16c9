import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ClientId, ContactId, EntityId, FirmId, UserId } from '../kernel/index.js';

const firmId = '1' as FirmId;
const userId = '12' as UserId;
const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
const [one, two, hidden, foreign] = ['100', '200', '300', '400'] as ClientId[] as [
  ClientId,
  ClientId,
  ClientId,
  ClientId,
];
const [ofOne, ofTwo, other] = ['1', '2', '5'] as EntityId[] as [EntityId, EntityId, EntityId];
const profile = { firstName: 'Adam', lastName: 'Smith' };

/** Clients 100 and 200 with the entities 1 and 2; client 300, whose entity 3 is hidden, and 400 of another firm. */
function bench(): ContactBench {
  const it = new ContactBench();
  for (const entity of [ofOne, ofTwo, other]) it.access.put(firmId, 'entities', entity, userId);
  it.access.put(firmId, 'entities', '3');
  it.access.put('2' as FirmId, 'entities', '4', userId);
  it.contacts.clients.set(one, { firmId, entityId: ofOne });
  it.contacts.clients.set(two, { firmId, entityId: ofTwo });
  it.contacts.clients.set(hidden, { firmId, entityId: '3' as EntityId });
  it.contacts.clients.set(foreign, { firmId: '2' as FirmId, entityId: '4' as EntityId });
  return it;
}

const entitiesOf = async ({ contacts }: ContactBench, id: ContactId) =>
  (await contacts.affiliationsOf(firmId, id)).entityIds;

describe('A contact of a client', () => {
  it('is affiliated with its entity from the beginning, which may be the default', async () => {
    const it = bench();
    const affiliations = { entityIds: [other] };
    const input = { profile, clientId: one, affiliations, defaultAffiliation: { entityId: ofOne } };
    const id = await it.createContact.execute(restricted, input);
    expect(it.contacts.contacts.get(id)).toMatchObject({ clientId: one, defaultEntityId: ofOne });
    expect(await entitiesOf(it, id)).toEqual([ofOne, other]);
    expect(it.history.entries).toMatchObject([{ details: { clientId: one, entityIds: [other, ofOne] } }]);
  });

  it.each([hidden, foreign, '999' as ClientId])('can not be one of client %s, which is not there', async (clientId) => {
    const it = bench();
    const refusal = { code: 'unknown_client', field: 'clientId' };
    await expect(it.createContact.execute(restricted, { profile, clientId })).rejects.toMatchObject(refusal);
    const { id } = await it.with({ createdBy: userId });
    await expect(it.changeContact.execute(restricted, { id, clientId })).rejects.toMatchObject(refusal);
    expect([it.contacts.contacts.get(id)?.clientId, await entitiesOf(it, id)]).toEqual([null, []]);
  });

  it('leaves the entity of its client with it: for another client, or for none', async () => {
    const it = bench();
    const id = await it.createContact.execute(restricted, {
      profile,
      clientId: one,
      affiliations: { entityIds: [other] },
    });
    await it.changeContact.execute(restricted, { id, clientId: two });
    expect(await entitiesOf(it, id)).toEqual([ofTwo, other]);
    await it.changeContact.execute(restricted, { id, clientId: null });
    expect([it.contacts.contacts.get(id)?.clientId, await entitiesOf(it, id)]).toEqual([null, [other]]);
    const [, toTwo, toNone] = it.history.entries;
    expect(toTwo?.details).toEqual({
      clientId: { from: one, to: two },
      affiliated: { entityIds: [ofTwo], groupIds: [] },
      separated: { entityIds: [ofOne], groupIds: [] },
    });
    expect(toNone?.details).toMatchObject({ clientId: { from: two, to: null } });
  });

  it('keeps the old entity when the same change names it', async () => {
    const it = bench();
    const id = await it.createContact.execute(restricted, { profile, clientId: one });
    await it.changeContact.execute(restricted, { id, clientId: two, affiliations: { entityIds: [ofOne] } });
    expect(await entitiesOf(it, id)).toEqual([ofOne, ofTwo]);
  });

  it('changes nothing when the client is the same', async () => {
    const it = bench();
    const id = await it.createContact.execute(restricted, { profile, clientId: one });
    await it.changeContact.execute(restricted, { id, clientId: one });
    expect(it.history.entries).toHaveLength(1);
  });

  it('stays affiliated with its entity, whichever way that is to be taken away', async () => {
    const it = bench();
    const id = await it.createContact.execute(restricted, {
      profile,
      clientId: one,
      affiliations: { entityIds: [other] },
    });
    const required = { code: 'client_affiliation_required', ids: [ofOne] };
    const change = it.changeAffiliations;
    for (const input of [
      { id, how: 'remove' as const, affiliations: { entityIds: [ofOne] } },
      { id, how: 'replace' as const, affiliations: { entityIds: [other] } },
    ])
      await expect(change.execute(restricted, input)).rejects.toMatchObject(required);
    const patch = it.changeContact.execute(restricted, { id, affiliations: { entityIds: [other] } });
    await expect(patch).rejects.toMatchObject(required);
    expect(await entitiesOf(it, id)).toEqual([ofOne, other]);
    await change.execute(restricted, { id, how: 'replace', affiliations: { entityIds: [ofOne] } });
    await change.execute(restricted, { id, how: 'replace', affiliations: { groupIds: [] } });
    expect(await entitiesOf(it, id)).toEqual([ofOne]);
  });
});
