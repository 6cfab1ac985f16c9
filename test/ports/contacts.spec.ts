import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Contact, type ContactQueries, type ContactRepository, ssnContext } from '@portico/domain/directory';
import { canChange, canRead } from '@portico/domain/identity';
import type { Actor, ContactId, EntityId, FirmId, GroupId, UnitOfWork, UserId } from '@portico/domain/kernel';
import { aContact, anActor, InMemoryContactRepository, InMemoryDataAccess, InMemoryUnitOfWork } from '@portico/testing';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { SqlContactQueries } from '../../src/directory/sql-contact-queries.js';
import { KeySealer } from '../../src/platform/config/key-sealer.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { directoryInMemory, directoryInRows, type PermittedDirectory } from '../support/permitted-data.js';
import { aFirm, aUser, firmsWithUsers, link } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  contacts: ContactRepository;
  directory: PermittedDirectory;
  unitOfWork: UnitOfWork;
}
type Changes = Parameters<typeof aContact>[0];

const sealer = new KeySealer(new SecretKey(Buffer.alloc(32, 7)));
const now = new Date('2026-02-03T04:05:06.789Z');
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;
let otherUser: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  otherUser = await aUser(test.database, otherFirm);
}, 60_000);
afterAll(() => test.dispose());

const stateOf = (contact: Contact | null) => ({
  ...contact,
  sealedSsn: contact?.sealedSsn && Buffer.from(contact.sealedSsn).toString('hex'),
});

async function added({ contacts, unitOfWork }: Adapters, changes: Changes = {}): Promise<Contact> {
  const contact = aContact({ firmId, createdBy, ...changes });
  await unitOfWork.run(() => contacts.add(contact));
  return contact;
}

describe.each([
  ['InMemoryContactRepository', inMemory],
  ['MikroOrmContactRepository', onPostgreSql],
])('the ContactRepository %s', (_name, make) => {
  const made = { current: null as Adapters | null };
  const the = () => (made.current ??= make());
  const inUnit = <T>(work: (contacts: ContactRepository) => Promise<T>) =>
    the().unitOfWork.run(() => work(the().contacts));

  it('gives a contact its id and keeps every field', async () => {
    const contact = await added(the(), {
      profile: {
        title: 'Dr.',
        lastName: 'Größe 山田',
        suffix: 'Jr.',
        externalUserId: 'A1',
        loginEmail: 'every@example.test',
        birthday: '1890-01-31',
        employer: 'Madison',
        occupation: 'Finance',
        isExemptFromTwoFactorRequirement: true,
        mailingAddresses: [
          { street: 'S', street2: null, city: 'C', state: 'S', zip: '1', country: null, addressType: 'Home' },
        ],
        emails: [{ email: 'Any@b.c', emailType: 'WORK' }],
        phoneNumbers: [{ number: '1', phoneType: 'CELL' }],
        familyMembers: [{ firstName: 'A', lastName: 'S', relationship: 'SISTER' }],
        timeZone: 'Asia/Tokyo',
        language: 'ja',
        portalRole: 'admin',
        publishFiles: false,
        notifyByEmail: false,
      },
    });
    expect(contact.id).toMatch(/^[1-9]\d*$/);
    expect(stateOf(await inUnit((contacts) => contacts.find(firmId, contact.id)))).toEqual(stateOf(contact));
  });

  it('writes what was changed inside the unit of work, and nothing of one that fails', async () => {
    const { id } = await added(the(), { profile: { loginEmail: 'writes@example.test' } });
    await inUnit(async (contacts) => {
      const contact = await contacts.find(firmId, id);
      contact?.invite(now);
      contact?.keepSsn(sealer.seal(ssnContext({ firmId, id }), '123'), now);
      contact?.edit({ emails: [{ email: 'a@b.c', emailType: 'OTHER' }], birthday: '2000-02-29' }, now);
    });
    const failure = inUnit(async (contacts) => {
      (await contacts.find(firmId, id))?.revoke(now);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    const contact = await inUnit((contacts) => contacts.find(firmId, id));
    expect(contact).toMatchObject({
      portalAccess: 'invited',
      birthday: '2000-02-29',
      emails: [{ email: 'a@b.c', emailType: 'OTHER' }],
      modifiedAt: now,
    });
    expect(sealer.open(ssnContext({ firmId, id }), contact?.sealedSsn ?? new Uint8Array())).toBe('123');
  });

  it('never finds another firm’s contact, nor its affiliations', async () => {
    const { id } = await added(the());
    const entity = await the().directory.entity(firmId);
    await inUnit((contacts) => contacts.affiliate(firmId, id, { entityIds: [entity], groupIds: [] }));
    expect(await inUnit((contacts) => contacts.find(otherFirm, id))).toBeNull();
    expect(await inUnit((contacts) => contacts.affiliationsOf(otherFirm, id))).toEqual({ entityIds: [], groupIds: [] });
    expect(await inUnit((contacts) => contacts.find(firmId, '999999' as ContactId))).toBeNull();
  });

  it('refuses a login address and an external id twice in a firm, for new and for changed contacts', async () => {
    const taken = { loginEmail: 'taken@example.test', externalUserId: 'taken' };
    await added(the(), { profile: taken });
    const { id } = await added(the());
    await added(the(), { firmId: otherFirm, createdBy: otherUser, profile: taken });
    const change = (profile: Partial<typeof taken>) =>
      inUnit(async (contacts) => {
        const contact = await contacts.find(firmId, id);
        contact?.edit(profile, now);
        if (contact) await contacts.requireUnique(contact);
      });
    const { loginEmail, externalUserId } = taken;
    for (const attempt of [() => added(the(), { profile: { loginEmail } }), () => change({ loginEmail })])
      await expect(attempt()).rejects.toMatchObject({ kind: 'conflict', code: 'login_email_taken' });
    for (const attempt of [() => added(the(), { profile: { externalUserId } }), () => change({ externalUserId })])
      await expect(attempt()).rejects.toMatchObject({ kind: 'conflict', code: 'external_user_id_taken' });
  });

  it('affiliates and separates, each once, ascending', async () => {
    const { directory } = the();
    const [one, two, three] = [
      await directory.entity(firmId),
      await directory.entity(firmId),
      await directory.entity(firmId),
    ];
    const group = await directory.group(firmId);
    const { id } = await added(the());
    const affiliations = () => inUnit((contacts) => contacts.affiliationsOf(firmId, id));
    await inUnit((contacts) => contacts.affiliate(firmId, id, { entityIds: [three, one], groupIds: [group] }));
    await inUnit((contacts) => contacts.affiliate(firmId, id, { entityIds: [one, two], groupIds: [] }));
    expect(await affiliations()).toEqual({ entityIds: [one, two, three], groupIds: [group] });
    await inUnit((contacts) => contacts.separate(firmId, id, { entityIds: [two], groupIds: [group] }));
    await inUnit((contacts) => contacts.separate(firmId, id, { entityIds: [two], groupIds: [] }));
    expect(await affiliations()).toEqual({ entityIds: [one, three], groupIds: [] });
  });

  it('keeps a default affiliation, and lets it go with its affiliation', async () => {
    const entity = await the().directory.entity(firmId);
    const { id } = await added(the());
    const affiliations = { entityIds: [entity], groupIds: [] };
    await inUnit(async (contacts) => {
      const contact = await contacts.find(firmId, id);
      await contacts.affiliate(firmId, id, affiliations);
      contact?.preferAffiliation({ entityId: entity }, affiliations, now);
    });
    expect((await inUnit((contacts) => contacts.find(firmId, id)))?.defaultEntityId).toBe(entity);
    await inUnit(async (contacts) => {
      const contact = await contacts.find(firmId, id);
      await contacts.separate(firmId, id, affiliations);
      contact?.reaffiliated({ entityIds: [], groupIds: [] }, now);
    });
    expect((await inUnit((contacts) => contacts.find(firmId, id)))?.defaultEntityId).toBeNull();
  });

  it('refuses a default that is no affiliation, or not any more', async () => {
    const { directory } = the();
    const [entityId, groupId] = [await directory.entity(firmId), await directory.group(firmId)];
    const { id } = await added(the());
    const affiliations = { entityIds: [entityId], groupIds: [groupId] };
    for (const preferred of [{ entityId }, { groupId }]) {
      const attempt = inUnit(async (contacts) => {
        const contact = await contacts.find(firmId, id);
        contact?.preferAffiliation(preferred, affiliations, now);
        if (contact) await contacts.requireUnique(contact);
      });
      await expect(attempt).rejects.toMatchObject({ kind: 'invalid', code: 'invalid_default_affiliation' });
    }
  });

  it('counts how the affiliations stand to a user', async () => {
    const { directory } = the();
    const contact = await added(the());
    const reach = () => inUnit((contacts) => contacts.reachOf(firmId, contact, createdBy));
    expect(await reach()).toEqual({ createdBy, associations: 0, permitted: 0 });
    const entityIds = [await directory.entity(firmId, createdBy), await directory.entity(firmId)];
    const groupIds = [await directory.group(firmId, createdBy), await directory.group(firmId)];
    await inUnit((contacts) => contacts.affiliate(firmId, contact.id, { entityIds, groupIds }));
    expect(await reach()).toEqual({ createdBy, associations: 4, permitted: 2 });
  });

  it('removes a contact with its affiliations, the default one too', async () => {
    const [entity, { id }] = [await the().directory.entity(firmId), await added(the())];
    const affiliations = { entityIds: [entity], groupIds: [] };
    await inUnit(async (contacts) => {
      await contacts.affiliate(firmId, id, affiliations);
      (await contacts.find(firmId, id))?.preferAffiliation({ entityId: entity }, affiliations, now);
    });
    await inUnit(async (contacts) => {
      const contact = await contacts.find(firmId, id);
      if (contact) await contacts.remove(contact);
    });
    expect(await inUnit((contacts) => contacts.find(firmId, id))).toBeNull();
    expect(await inUnit((contacts) => contacts.affiliationsOf(firmId, id))).toEqual({ entityIds: [], groupIds: [] });
  });
});

describe('The table of contacts', () => {
  const set = (sql: string, id: ContactId) =>
    test.database.em.fork().execute(`update contacts set ${sql} where id = ?`, [id]);

  it.each([
    [`portal_access = 'deactivated'`],
    [`portal_access = 'invited'`],
    [`portal_access = 'active', login_email = 'a@b.c'`],
    [`login_email = 'A@b.c'`],
    [`default_entity_id = 999999`],
    [`language = 'xx'`],
    [`emails = '{}'`],
  ])('never holds %s', async (sql) => {
    const { id } = await added(onPostgreSql());
    await expect(set(sql, id)).rejects.toThrow(/constraint/);
  });

  it('loses an affiliation, and a default, with the entity or group', async () => {
    const adapters = onPostgreSql();
    const { contacts, directory, unitOfWork } = adapters;
    const { id } = await added(adapters);
    const [entity, group] = [await directory.entity(firmId), await directory.group(firmId)];
    const affiliations = { entityIds: [entity], groupIds: [group] };
    await unitOfWork.run(async () => {
      await contacts.affiliate(firmId, id, affiliations);
      (await contacts.find(firmId, id))?.preferAffiliation({ groupId: group }, affiliations, now);
    });
    await test.database.em.fork().execute('delete from entities where id = ?', [entity]);
    await test.database.em.fork().execute('delete from groups where id = ?', [group]);
    await unitOfWork.run(async () => {
      expect(await contacts.affiliationsOf(firmId, id)).toEqual({ entityIds: [], groupIds: [] });
      expect(await contacts.find(firmId, id)).toMatchObject({ defaultEntityId: null, defaultGroupId: null });
    });
  });

  it('refuses an affiliation with another firm’s entity', async () => {
    const { contacts, directory, unitOfWork } = onPostgreSql();
    const [{ id }, foreign] = [await added(onPostgreSql()), await directory.entity(otherFirm)];
    const attempt = unitOfWork.run(() => contacts.affiliate(firmId, id, { entityIds: [foreign], groupIds: [] }));
    await expect(attempt).rejects.toThrow(/foreign key/);
  });
});

describe('the ContactQueries on PostgreSQL', () => {
  let queries: ContactQueries;
  beforeAll(() => {
    queries = new SqlContactQueries(test.database, sealer);
  });
  const page = (limit = 100, after: string | null = null) => ({ limit, after });
  const idsOf = async (actor: Actor, filters = {}) =>
    (await queries.list(actor, page(), filters)).items.map(({ id }) => id);

  it('answers every field, with its type', async () => {
    const adapters = onPostgreSql();
    const { contacts, directory, unitOfWork } = adapters;
    const firm = await aFirm(test.database);
    const contact = await added(adapters, {
      firmId: firm,
      createdBy: await aUser(test.database, firm),
      profile: { birthday: '1990-10-31', loginEmail: 'a@b.c', emails: [{ email: 'a@b.c', emailType: 'WORK' }] },
    });
    const { id } = contact;
    const affiliations = { entityIds: [await directory.entity(firm)], groupIds: [await directory.group(firm)] };
    await unitOfWork.run(async () => {
      await contacts.affiliate(firm, id, affiliations);
      const found = await contacts.find(firm, id);
      found?.preferAffiliation({ groupId: affiliations.groupIds[0] as GroupId }, affiliations, now);
      found?.keepSsn(sealer.seal(ssnContext({ firmId: firm, id }), '123456789'), now);
    });
    const found = await queries.find(anActor({ firmId: firm }), id);
    const { firmId: _f, createdBy: _c, version: _v, activatedAt: _a, sealedSsn: _s, ...shown } = contact;
    const { defaultEntityId: _e, defaultGroupId: _g, ...rest } = shown;
    expect(found).toEqual({
      ...rest,
      ...affiliations,
      ssn: '123456789',
      defaultAffiliation: { groupId: affiliations.groupIds[0] },
      modifiedAt: now,
    });
    expect((await queries.list(anActor({ firmId: firm }), page())).items).toEqual([found]);
  });

  it('pages through everything in ascending order, once, and never shows another firm’s', async () => {
    const firm = await aFirm(test.database);
    const user = await aUser(test.database, firm);
    const all: ContactId[] = [];
    for (let at = 0; at < 5; at++) all.push((await added(onPostgreSql(), { firmId: firm, createdBy: user })).id);
    const actor = anActor({ firmId: firm });
    const first = await queries.list(actor, page(2));
    const second = await queries.list(actor, page(2, first.next));
    const third = await queries.list(actor, page(2, second.next));
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(all);
    expect([first.next, second.next, third.next]).toEqual([all[1], all[3], null]);
    for (const stranger of [anActor({ firmId }), anActor({ firmId, userId: user, allDataAccess: false })]) {
      expect(await queries.find(stranger, all[0] as ContactId)).toBeNull();
      expect((await idsOf(stranger)).filter((id) => all.includes(id))).toEqual([]);
    }
  });

  it('finds by access, address, external id, entity and group, all of which must hold', async () => {
    const adapters = onPostgreSql();
    const { contacts, directory, unitOfWork } = adapters;
    const firm = await aFirm(test.database);
    const user = await aUser(test.database, firm);
    const make = (profile = {}) => added(adapters, { firmId: firm, createdBy: user, profile });
    const one = await make({ loginEmail: 'one@example.test', externalUserId: 'X1' });
    const two = await make({ loginEmail: 'two@example.test' });
    const entityId = await directory.entity(firm);
    const groupId = await directory.group(firm);
    await unitOfWork.run(async () => {
      (await contacts.find(firm, one.id))?.invite(now);
      await contacts.affiliate(firm, one.id, { entityIds: [entityId], groupIds: [] });
      await contacts.affiliate(firm, two.id, { entityIds: [entityId], groupIds: [groupId] });
    });
    const ids = (filters: object) => idsOf(anActor({ firmId: firm }), filters);
    expect(await ids({ portalAccess: 'invited' })).toEqual([one.id]);
    expect(await ids({ portalAccess: 'none' })).toEqual([two.id]);
    expect(await ids({ loginEmail: ' ONE@example.test' })).toEqual([one.id]);
    expect(await ids({ externalUserId: 'X1' })).toEqual([one.id]);
    expect(await ids({ externalUserId: 'x1' })).toEqual([]);
    expect(await ids({ entityId })).toEqual([one.id, two.id]);
    expect(await ids({ groupId })).toEqual([two.id]);
    expect(await ids({ entityId, groupId, portalAccess: 'invited' })).toEqual([]);
    expect(await ids({ entityId: '999999' })).toEqual([]);
  });

  it('shows a restricted user what the policy says, and of the affiliations what is permitted', async () => {
    const { database } = test;
    const adapters = onPostgreSql();
    const { contacts, directory, unitOfWork } = adapters;
    const firm = await aFirm(database);
    const [userId, somebody] = [await aUser(database, firm), await aUser(database, firm)];
    const [mine, member, foreign] = [
      await directory.entity(firm, userId),
      await directory.entity(firm),
      await directory.entity(firm),
    ];
    const [myGroup, foreignGroup] = [await directory.group(firm, userId), await directory.group(firm)];
    await link(database, 'group_members', { firm_id: firm, group_id: myGroup, entity_id: member });
    const kinds: [string, UserId, EntityId[], GroupId[], reads: boolean, changes: boolean][] = [
      ['own, without affiliations', userId, [], [], true, true],
      ['somebody’s, without affiliations', somebody, [], [], false, false],
      ['a permitted entity', somebody, [mine], [], true, true],
      ['a permitted group', somebody, [], [myGroup], true, true],
      ['a member of a permitted group', somebody, [member], [], true, true],
      ['an entity that is not permitted', userId, [foreign], [], false, false],
      ['a group that is not permitted', userId, [], [foreignGroup], false, false],
      ['one of two entities', somebody, [mine, foreign], [], true, false],
      ['a permitted entity, a group that is not', somebody, [mine], [foreignGroup], true, false],
      ['everything permitted', somebody, [mine, member], [myGroup], true, true],
    ];
    const actor = anActor({ firmId: firm, userId, allDataAccess: false, permissions: ['contacts_manage'] });
    const permitted: string[] = [mine, member, myGroup];
    for (const [kind, creator, entityIds, groupIds, reads, changes] of kinds) {
      const contact = await added(adapters, { firmId: firm, createdBy: creator });
      await unitOfWork.run(() => contacts.affiliate(firm, contact.id, { entityIds, groupIds }));
      const reach = await unitOfWork.run(() => contacts.reachOf(firm, contact, userId));
      const found = await queries.find(actor, contact.id);
      const listed = (await idsOf(actor)).includes(contact.id);
      const policy = [canRead(actor, reach), canChange(actor, reach)];
      expect({ kind, found: found !== null, listed, policy }).toEqual({
        kind,
        found: reads,
        listed: reads,
        policy: [reads, changes],
      });
      if (found)
        expect([found.entityIds, found.groupIds]).toEqual([
          entityIds.filter((id) => permitted.includes(id)),
          groupIds.filter((id) => permitted.includes(id)),
        ]);
    }
    expect(await idsOf(actor, { entityId: foreign })).toEqual([]);
    expect(await idsOf(actor, { groupId: foreignGroup })).toEqual([]);
    expect(await idsOf(actor, { entityId: member })).toHaveLength(2);
  });

  it('hides a default affiliation that is not permitted', async () => {
    const { database } = test;
    const adapters = onPostgreSql();
    const { contacts, directory, unitOfWork } = adapters;
    const userId = await aUser(database, firmId);
    const [mine, foreign] = [await directory.entity(firmId, userId), await directory.entity(firmId)];
    const { id } = await added(adapters);
    const affiliations = { entityIds: [mine, foreign], groupIds: [] };
    await unitOfWork.run(async () => {
      await contacts.affiliate(firmId, id, affiliations);
      (await contacts.find(firmId, id))?.preferAffiliation({ entityId: foreign }, affiliations, now);
    });
    expect(await queries.find(anActor({ firmId, userId, allDataAccess: false }), id)).toMatchObject({
      entityIds: [mine],
      defaultAffiliation: null,
    });
    expect(await queries.find(anActor({ firmId }), id)).toMatchObject({ defaultAffiliation: { entityId: foreign } });
  });
});

function inMemory(): Adapters {
  const access = new InMemoryDataAccess();
  const contacts = new InMemoryContactRepository(access);
  return { contacts, directory: directoryInMemory(access), unitOfWork: new InMemoryUnitOfWork([contacts]) };
}

function onPostgreSql(): Adapters {
  const { database } = test;
  return {
    contacts: new MikroOrmContactRepository(database),
    directory: directoryInRows(database),
    unitOfWork: new MikroOrmUnitOfWork(database),
  };
}
