import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContactId, EntityId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import { aContact, anActor } from '@portico/testing';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { SqlDependents } from '../../src/directory/sql-dependents.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { directoryInRows, type PermittedDirectory } from '../support/permitted-data.js';
import { aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const now = new Date('2026-02-03T04:05:06.789Z');
let test: TestDatabase;
let unitOfWork: MikroOrmUnitOfWork;
let dependents: SqlDependents;
let contacts: MikroOrmContactRepository;
let directory: PermittedDirectory;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;

beforeAll(async () => {
  test = await testDatabase();
  unitOfWork = new MikroOrmUnitOfWork(test.database);
  dependents = new SqlDependents(test.database);
  contacts = new MikroOrmContactRepository(test.database);
  directory = directoryInRows(test.database);
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
});

async function contactOf(entityIds: EntityId[], groupIds: GroupId[] = []): Promise<ContactId> {
  const contact = aContact({ firmId, createdBy });
  await unitOfWork.run(async () => {
    await contacts.add(contact);
    await contacts.affiliate(firmId, contact.id, { entityIds, groupIds });
  });
  return contact.id;
}

const modifiedAt = async (id: ContactId) => (await unitOfWork.run(() => contacts.find(firmId, id)))?.modifiedAt;

describe('the dependents on PostgreSQL', () => {
  it('tell who is affiliated with an entity or group, and these count as modified', async () => {
    const [entity, other, group] = [
      await directory.entity(firmId),
      await directory.entity(firmId),
      await directory.group(firmId),
    ];
    const [both, one, none] = [
      await contactOf([entity, other], [group]),
      await contactOf([entity]),
      await contactOf([other]),
    ];
    const touch = (of: 'entities' | 'groups', id: string, firm = firmId) =>
      unitOfWork.run(() => dependents.touchContacts(firm, of, id, now));
    expect(await touch('entities', entity, otherFirm)).toEqual([]);
    expect(await modifiedAt(both)).not.toEqual(now);
    expect(await touch('entities', entity)).toEqual([both, one]);
    expect(await Promise.all([both, one].map(modifiedAt))).toEqual([now, now]);
    expect(await modifiedAt(none)).not.toEqual(now);
    expect(await touch('groups', group)).toEqual([both]);
    expect(await touch('groups', await directory.group(firmId))).toEqual([]);
  });

  it('find a contact with anything that is not permitted to a user', async () => {
    const userId = await aUser(test.database, firmId);
    const actor = anActor({ firmId, userId, allDataAccess: false });
    const [mine, member, foreign] = [
      await directory.entity(firmId, userId),
      await directory.entity(firmId),
      await directory.entity(firmId),
    ];
    const [myGroup, foreignGroup] = [await directory.group(firmId, userId), await directory.group(firmId)];
    await link(test.database, 'group_members', { firm_id: firmId, group_id: myGroup, entity_id: member });
    const fine = [await contactOf([mine, member], [myGroup]), await contactOf([mine]), await contactOf([])];
    const [ofGroup, ofEntity] = [await contactOf([mine], [foreignGroup]), await contactOf([foreign], [myGroup])];
    const find = (...ids: ContactId[]) => unitOfWork.run(() => dependents.findUnchangeable(actor, ids));
    expect(await find()).toBeNull();
    expect(await find(...fine)).toBeNull();
    expect(await find(...fine, ofGroup)).toBe(ofGroup);
    expect(await find(ofEntity, ...fine)).toBe(ofEntity);
    expect(await find(ofEntity, ofGroup)).toBe(ofGroup);
  });

  it('tell to whom an entity or group is permitted by itself', async () => {
    const [one, two] = [await aUser(test.database, firmId), await aUser(test.database, firmId)];
    const [entity, group] = [await directory.entity(firmId, two, one), await directory.group(firmId, two)];
    await link(test.database, 'group_members', { firm_id: firmId, group_id: group, entity_id: entity });
    const list = (of: 'entities' | 'groups', id: string, firm = firmId) =>
      unitOfWork.run(() => dependents.listUsers(firm, of, id));
    expect(await list('entities', entity)).toEqual([one, two]);
    expect(await list('groups', group)).toEqual([two]);
    expect(await list('groups', group, otherFirm)).toEqual([]);
  });
});
