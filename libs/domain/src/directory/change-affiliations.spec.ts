import { describe, expect, it } from '@jest/globals';
import { anActor, ContactBench } from '@portico/testing';
import type { ContactId, EntityId, FirmId, GroupId, UserId } from '../kernel/index.js';
import type { ChangeAffiliationsInput } from './index.js';

const firmId = '1' as FirmId;
const userId = '12' as UserId;
const restricted = anActor({ userId, allDataAccess: false, permissions: ['contacts_manage'] });
const entities = (...ids: string[]) => ids as EntityId[];
const groups = (...ids: string[]) => ids as GroupId[];

/** A contact of the entities 4 and 5 and of the group 7; all but 6 are permitted to the restricted user. */
async function bench() {
  const it = new ContactBench();
  for (const id of ['3', '4', '5']) it.access.put(firmId, 'entities', id, userId);
  it.access.put(firmId, 'entities', '6');
  for (const id of ['7', '8']) it.access.put(firmId, 'groups', id, userId);
  const contact = await it.with();
  await it.contacts.affiliate(firmId, contact.id, { entityIds: entities('4', '5'), groupIds: groups('7') });
  const change = (input: Omit<ChangeAffiliationsInput, 'id'>, actor = restricted) =>
    it.changeAffiliations.execute(actor, { id: contact.id, ...input });
  const affiliations = () => it.contacts.affiliationsOf(firmId, contact.id);
  return Object.assign(it, { contact, change, affiliations });
}

describe('ChangeAffiliations', () => {
  it.each<[ChangeAffiliationsInput['how'], string[], string[]]>([
    ['add', ['3', '5'], ['3', '4', '5']],
    ['replace', ['3', '5'], ['3', '5']],
    ['replace', [], []],
    ['remove', ['3', '5'], ['4']],
  ])('%s %j makes the entities %j, and leaves the groups', async (how, given, then) => {
    const { contact, change, affiliations, clock } = await bench();
    await change({ how, affiliations: { entityIds: entities(...given) } });
    expect(await affiliations()).toEqual({ entityIds: then, groupIds: ['7'] });
    expect(contact.modifiedAt).toEqual(clock.now());
  });

  it('tells the history what was added and what went', async () => {
    const { contact, change, history } = await bench();
    await change({ how: 'replace', affiliations: { groupIds: groups('8') } });
    expect(history.entries).toMatchObject([
      {
        action: 'contact.reaffiliated',
        subject: { type: 'contact', id: contact.id },
        details: { affiliated: { groupIds: ['8'] }, separated: { groupIds: ['7'] } },
      },
    ]);
  });

  it.each<Omit<ChangeAffiliationsInput, 'id'>>([
    { how: 'add', affiliations: { entityIds: entities('4', '5') } },
    { how: 'add', affiliations: {} },
    { how: 'replace', affiliations: { entityIds: entities('5', '4') } },
    { how: 'remove', affiliations: { groupIds: groups('8') } },
  ])('is no error, and no change, when it is so already: %j', async (input) => {
    const { contact, change, history } = await bench();
    const { modifiedAt } = contact;
    await change(input);
    expect([contact.modifiedAt, history.entries]).toEqual([modifiedAt, []]);
  });

  it('takes the default along', async () => {
    const { contact, change, affiliations } = await bench();
    contact.preferAffiliation({ entityId: '5' as EntityId }, await affiliations(), new Date());
    await change({ how: 'remove', affiliations: { entityIds: entities('4') } });
    expect(contact.defaultEntityId).toBe('5');
    await change({ how: 'remove', affiliations: { entityIds: entities('5') } });
    expect(contact.defaultEntityId).toBeNull();
  });

  it.each(['add', 'replace', 'remove'] as const)('%s refuses the whole list for one unknown id', async (how) => {
    const { change, affiliations, history } = await bench();
    const before = await affiliations();
    for (const id of ['6', '404', '7'])
      await expect(change({ how, affiliations: { entityIds: entities('3', '5', id) } })).rejects.toMatchObject({
        code: 'unknown_entities',
        ids: [id],
      });
    expect([await affiliations(), history.entries]).toEqual([before, []]);
  });

  it('needs the right to change the contact', async () => {
    const { contact, contacts, change, changeAffiliations } = await bench();
    await contacts.affiliate(firmId, contact.id, { entityIds: entities('6'), groupIds: [] });
    const affiliations = { entityIds: entities('5') };
    await expect(change({ how: 'remove', affiliations })).rejects.toMatchObject({ code: 'contact_not_changeable' });
    for (const [actor, id] of [
      [anActor({ firmId: '2' as FirmId }), contact.id],
      [anActor(), '404' as ContactId],
    ] as const)
      await expect(changeAffiliations.execute(actor, { id, how: 'add', affiliations })).rejects.toMatchObject({
        code: 'contact_not_found',
      });
  });
});
