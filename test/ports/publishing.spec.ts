import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ContactId, DeliveryId, EntityId, FileId, FirmId, GroupId, UserId } from '@portico/domain/kernel';
import { DeliveryQueue, type Recipient } from '@portico/domain/notifications';
import { PublishFiles, PublishingRecord } from '@portico/domain/publishing';
import { anActor, CountingRandom, FixedClock } from '@portico/testing';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import { HeadSeal } from '../../src/proof/head-seal.js';
import { SqlNotifier } from '../../src/notifications/raising/sql-notifier.js';
import { Statements } from '../../src/platform/database/statements.js';
import { SqlProofChain } from '../../src/proof/sql-proof-chain.js';
import { SqlPublications } from '../../src/publishing/sql-publications.js';
import { aFileRow, aFirm, aFolderRow, aGroup, anEntity, aUser } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let publications: SqlPublications;
let unitOfWork: MikroOrmUnitOfWork;
beforeAll(async () => {
  test = await testDatabase();
  publications = new SqlPublications(test.database);
  unitOfWork = new MikroOrmUnitOfWork(test.database);
}, 60_000);
afterAll(() => test.dispose());

const execute = (sql: string, values: unknown[]) =>
  test.database.em.fork().execute<Record<string, string>[]>(sql, values);

let count = 0;
async function aContact(firmId: FirmId, createdBy: UserId, changes: Record<string, unknown> = {}): Promise<ContactId> {
  const { access = 'invited', publishFiles = true, notify = true } = changes;
  const rows = await execute(
    `insert into contacts (firm_id, first_name, last_name, login_email, portal_access,
       is_exempt_from_two_factor_requirement, mailing_addresses, emails, phone_numbers, family_members, time_zone,
       language, portal_role, publish_files, notify_by_email, created_by, created_at, modified_at)
     values (?, 'Adam', 'Smith', ?, ?, false, '[]', '[]', '[]', '[]', 'UTC', 'en', 'viewer', ?, ?, ?, now(), now())
     returning id::text`,
    [firmId, `contact-${++count}@example.test`, access, publishFiles, notify, createdBy],
  );
  return rows[0]?.['id'] as ContactId;
}

const link = (table: string, columns: string, ...values: unknown[]) =>
  execute(`insert into ${table} (firm_id, ${columns}) values (?, ?, ?)`, values);

/** A firm with a user of all data, and one who may see its first entity only. */
async function aWorld() {
  const firmId = await aFirm(test.database);
  const [admin, user] = [await aUser(test.database, firmId, true), await aUser(test.database, firmId)];
  const [entity, other] = [await anEntity(test.database, firmId), await anEntity(test.database, firmId)];
  const group = await aGroup(test.database, firmId);
  await link('user_entities', 'user_id, entity_id', firmId, user, entity);
  await link('group_members', 'group_id, entity_id', firmId, group, entity);
  const all = anActor({ firmId, userId: admin, allDataAccess: true });
  return {
    firmId,
    admin,
    entity,
    other,
    group,
    all,
    restricted: anActor({ firmId, userId: user, allDataAccess: false }),
  };
}

async function aFile(
  world: Awaited<ReturnType<typeof aWorld>>,
  entities: EntityId[],
  parentId?: FileId,
): Promise<FileId> {
  const { firmId, admin } = world;
  const id = await aFileRow(test.database, { firmId, createdBy: admin, parentId });
  for (const entity of entities) await link('file_entities', 'file_id, entity_id', firmId, id, entity);
  return id;
}

const inWork = <T>(work: () => Promise<T>): Promise<T> => unitOfWork.run(work);

describe('The publications on PostgreSQL', () => {
  it('know the files that are to be published, with their effective associations, and whether they may be changed', async () => {
    const world = await aWorld();
    const { firmId, admin, entity, other, all, restricted } = world;
    const folder = await aFolderRow(test.database, { firmId, createdBy: admin });
    await link('file_entities', 'file_id, entity_id', firmId, folder, entity);
    const inherited = await aFile(world, [other], folder);
    const own = await aFile(world, [entity]);
    const foreign = await aFile(world, [other]);
    const ids = [inherited, own, foreign, folder];
    const seen = async (actor: typeof all) => {
      const files = await inWork(() => publications.files(actor, ids, false));
      return new Map(files.map((file) => [file.id, file]));
    };
    const [everything, permitted] = [await seen(all), await seen(restricted)];
    expect(everything.get(inherited)).toMatchObject({ entityIds: [entity, other], groupIds: [], mayChange: true });
    expect(everything.get(folder)).toMatchObject({ isFolder: true, sha256: null });
    expect(everything.get(own)?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect([...permitted.keys()].sort()).toEqual([inherited, own, folder].sort());
    expect(permitted.get(own)?.mayChange).toBe(true);
    expect(permitted.get(inherited)?.mayChange).toBe(false);
  });

  it('know archived files only when asked for them, and never those of another firm', async () => {
    const world = await aWorld();
    const { firmId, admin, all } = world;
    const archived = await aFileRow(test.database, { firmId, createdBy: admin, deletedAt: new Date() });
    const folder = await aFolderRow(test.database, { firmId, createdBy: admin });
    const below = await aFile(world, [], folder);
    await execute('update files set deleted_at = now(), archived_with = id where id = ?', [folder]);
    expect(await inWork(() => publications.files(all, [archived, below], false))).toEqual([]);
    expect(await inWork(() => publications.files(all, [archived, below], true))).toHaveLength(2);
    const stranger = (await aWorld()).all;
    expect(await inWork(() => publications.files(stranger, [archived, below], true))).toEqual([]);
  });

  it('know whether a contact wants mails about files: theirs, those of all kinds, and what the firm says', async () => {
    const { firmId, admin } = await aWorld();
    const prefer = (id: ContactId, email: boolean) =>
      execute(`insert into notification_preferences values (?, ?, 'file_published', true, ?, now())`, [
        firmId,
        id,
        email,
      ]);
    const [silent, loud, muted] = [await aContact(firmId, admin), await aContact(firmId, admin), await aContact(firmId, admin, { notify: false })]; // prettier-ignore
    const plain = await aContact(firmId, admin);
    await prefer(silent, false);
    await prefer(loud, true);
    await prefer(muted, true);
    const wanting = async () => {
      const of = { entityIds: [], groupIds: [], contactIds: [silent, loud, muted, plain] };
      const { members } = await inWork(() => publications.affiliated(firmId, of));
      return [silent, loud, muted, plain].map((id) => members.get(id)?.notifyByEmail);
    };
    expect(await wanting()).toEqual([false, true, false, true]);
    await execute(
      `insert into notification_types (id, firm_id, type, category, label, supports_portal, default_in_app,
         default_email, created_at, updated_at)
       values (gen_random_uuid(), ?, 'file_published', 'files', 'Files', true, true, false, now(), now())`,
      [firmId],
    );
    expect(await wanting()).toEqual([false, true, false, false]);
  });

  it('know whom entities and groups lead to, and nobody of another firm', async () => {
    const { firmId, admin, entity, other, group } = await aWorld();
    const ofEntity = await aContact(firmId, admin, { publishFiles: false, notify: false });
    const ofGroup = await aContact(firmId, admin, { access: 'none' });
    const [named, nobody] = [await aContact(firmId, admin), await aContact(firmId, admin)];
    await link('contact_entities', 'contact_id, entity_id', firmId, ofEntity, entity);
    await link('contact_entities', 'contact_id, entity_id', firmId, nobody, other);
    await link('contact_groups', 'contact_id, group_id', firmId, ofGroup, group);
    const of = { entityIds: [entity], groupIds: [] as GroupId[], contactIds: [named] };
    const found = await inWork(() => publications.affiliated(firmId, of));
    expect([...found.members.keys()].sort()).toEqual([ofEntity, ofGroup, named].sort());
    expect(found.members.get(ofEntity)).toMatchObject({
      hasPortalAccess: true,
      publishFiles: false,
      notifyByEmail: false,
    });
    expect(found.members.get(ofGroup)).toMatchObject({ hasPortalAccess: false });
    expect(found.ofEntity).toEqual(new Map([[entity, [ofEntity]]]));
    expect(found.ofGroup).toEqual(new Map([[group, [ofGroup]]]));
    expect(found.groupsOf).toEqual(new Map([[entity, [group]]]));
    const stranger = await aWorld();
    const none = await inWork(() => publications.affiliated(stranger.firmId, of));
    expect(none.members.size + none.ofEntity.size + none.ofGroup.size + none.groupsOf.size).toBe(0);
  });

  it('tell which contacts are unknown, or hidden from the actor', async () => {
    const { firmId, admin, entity, other, all, restricted } = await aWorld();
    const [mine, theirs] = [await aContact(firmId, admin), await aContact(firmId, admin)];
    await link('contact_entities', 'contact_id, entity_id', firmId, mine, entity);
    await link('contact_entities', 'contact_id, entity_id', firmId, theirs, other);
    const unknown = '999999' as ContactId;
    const ask = (actor: typeof all) => inWork(() => publications.unknownContacts(actor, [mine, theirs, unknown]));
    expect(await ask(all)).toEqual([unknown]);
    expect(await ask(restricted)).toEqual([theirs, unknown]);
    expect(await ask((await aWorld()).all)).toEqual([mine, theirs, unknown]);
  });
});

/** Writes deliveries, and sends nothing. */
class QueuedForEver extends DeliveryQueue {
  async add(firmId: FirmId, callId: string, recipients: readonly Recipient[]) {
    const rows = await test.database.em.execute<{ contact_id: string; id: DeliveryId }[]>(
      `insert into deliveries (id, firm_id, call_id, contact_id, address, state, queued_at)
       select gen_random_uuid(), ?, ?, contact, 'a@example.test', 'queued', now()
       from unnest(?::bigint[]) contact returning contact_id::text, id`,
      [firmId, callId, `{${recipients.map(({ contactId }) => contactId).join(',')}}`],
    );
    return new Map(rows.map((row) => [row.contact_id as ContactId, row.id]));
  }

  addNews(): Promise<readonly DeliveryId[]> {
    return Promise.reject(new Error('publishing has no other mails'));
  }

  firstAttempts(): Promise<void> {
    return Promise.resolve();
  }
}

describe('Publishing on PostgreSQL', () => {
  const clock = new FixedClock();
  const random = new CountingRandom();
  const publishing = () => {
    const { database } = test;
    const chain = new SqlProofChain(database, clock, new HeadSeal(new SecretKey(Buffer.alloc(32, 7))));
    const notifier = new SqlNotifier(new Statements(database), { after: 60, most: 600 }, clock);
    const record = new PublishingRecord(new MikroOrmHistory(database, clock), chain, notifier);
    return new PublishFiles(publications, new QueuedForEver(), record, random, unitOfWork, clock);
  };

  /** Publishes as many new files to as many new contacts, and answers the number of statements. */
  async function statementsOf(files: number, contacts: number): Promise<number> {
    const world = await aWorld();
    const fileIds: FileId[] = [];
    for (let made = 0; made < files; made++) fileIds.push(await aFile(world, [world.entity]));
    for (let made = 0; made < contacts; made++) {
      const contact = await aContact(world.firmId, world.admin);
      await link('contact_entities', 'contact_id, entity_id', world.firmId, contact, world.entity);
    }
    const spy = jest.spyOn(Object.getPrototypeOf(test.database.em) as typeof test.database.em, 'execute');
    const scope = { portalPublishing: 'publish', contactNotification: 'notify' } as const;
    await publishing().execute(world.all, { ...scope, fileIds, overrideContactIds: [] });
    const statements = spy.mock.calls.length;
    spy.mockRestore();
    const [row] = await execute('select count(*)::text as n from publications where firm_id = ?', [world.firmId]);
    expect(Number(row?.['n'])).toBe(files * contacts);
    return statements;
  }

  it('takes the same number of statements for one file and contact as for many', async () => {
    const one = await statementsOf(1, 1);
    expect(one).toBeGreaterThan(5);
    expect(await statementsOf(40, 12)).toBe(one);
  });
});
