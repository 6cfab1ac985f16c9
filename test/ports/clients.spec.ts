import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, ClientRepository, ContactRepository } from '@portico/domain/directory';
import type { ClientId, EntityId, FirmId, SlaPolicyId, UnitOfWork, UserId } from '@portico/domain/kernel';
import {
  aClient,
  InMemoryClientRepository,
  InMemoryContactRepository,
  InMemoryDataAccess,
  InMemoryUnitOfWork,
} from '@portico/testing';
import { MikroOrmClientRepository } from '../../src/directory/mikro-orm-client-repository.js';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aClientRow } from '../support/portal-rows.js';
import { anEntity, aUser, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  clients: ClientRepository;
  /** Which is asked for the entities of clients. */
  contacts: ContactRepository;
  unitOfWork: UnitOfWork;
  entity(): Promise<EntityId>;
}

/** Tells the names of one run from those of the other. */
let round = 0;
let test: TestDatabase;
let firmId: FirmId;
let otherFirm: FirmId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm } = await firmsWithUsers(test.database));
}, 60_000);
afterAll(() => test.dispose());

function inMemory(): Adapters {
  const clients = new InMemoryClientRepository();
  const contacts = new InMemoryContactRepository(new InMemoryDataAccess());
  const unitOfWork = new InMemoryUnitOfWork([clients, contacts]);
  const add = clients.add.bind(clients);
  clients.add = async (...all) => {
    await add(...all);
    for (const client of all) contacts.clients.set(client.id, client);
  };
  let count = 0;
  return { clients, contacts, unitOfWork, entity: () => Promise.resolve(String(++count) as EntityId) };
}

function onPostgreSql(): Adapters {
  const { database } = test;
  return {
    clients: new MikroOrmClientRepository(database),
    contacts: new MikroOrmContactRepository(database),
    unitOfWork: new MikroOrmUnitOfWork(database),
    entity: () => anEntity(database, firmId),
  };
}

describe.each([
  ['InMemoryClientRepository', inMemory],
  ['MikroOrmClientRepository', onPostgreSql],
])('the ClientRepository %s', (_name, make) => {
  const made = { current: null as Adapters | null };
  const the = () => (made.current ??= make());
  const inUnit = <T>(work: (it: Adapters) => Promise<T>) => the().unitOfWork.run(() => work(the()));
  const added = async (parentId: ClientId | null = null) => {
    const client = aClient({ firmId, parentId, entityId: await the().entity() });
    await inUnit(({ clients }) => clients.add(client));
    return client;
  };

  it('gives a client its id and keeps every field', async () => {
    const parent = await added();
    const client = await added(parent.id);
    expect(client.id).toMatch(/^[1-9]\d*$/);
    expect(await inUnit(({ clients }) => clients.find(firmId, client.id))).toEqual(client);
  });

  it('gives many their ids at once, and finds them by id and by what another system calls them', async () => {
    const made: Client[] = [];
    for (const name of ['x', 'y', 'z'])
      made.push(aClient({ firmId, externalId: `${name} ${round}`, entityId: await the().entity() }));
    round++;
    await inUnit(({ clients }) => clients.add(...made));
    const ids = made.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const sorted = (found: readonly Client[]) => found.map(({ id }) => id).sort();
    const [first, second] = made.map(({ externalId }) => externalId ?? '');
    const asked = [ids[0], '999999'] as ClientId[];
    expect(sorted(await inUnit(({ clients }) => clients.findAll(firmId, asked)))).toEqual([ids[0]]);
    const names = [first, second, 'none'] as string[];
    const byName = (firm: FirmId) => inUnit(({ clients }) => clients.findByExternalIds(firm, names));
    expect(sorted(await byName(firmId))).toEqual([ids[0], ids[1]].sort());
    expect(await byName(otherFirm)).toEqual([]);
    expect(await inUnit(({ clients }) => clients.findAll(otherFirm, ids))).toEqual([]);
  });

  it('keeps what another system calls a client for one client of the firm', async () => {
    const one = aClient({ firmId, externalId: 'taken', entityId: await the().entity() });
    await inUnit(({ clients }) => clients.add(one));
    const other = aClient({ firmId, externalId: 'taken', entityId: await the().entity() });
    const refused = inUnit(({ clients }) => clients.add(other));
    await expect(refused).rejects.toMatchObject({ code: 'client_external_id_taken' });
    const free = await added();
    const changed = inUnit(async ({ clients }) => {
      const found = await clients.find(firmId, free.id);
      found?.revise({ externalId: 'taken' }, new Date());
      await clients.write();
    });
    await expect(changed).rejects.toMatchObject({ code: 'client_external_id_taken' });
  });

  it('tells which clients are below others', async () => {
    const [parent, alone] = [await added(), await added()];
    const child = await added(parent.id);
    const below = await inUnit(async ({ clients }) => {
      await clients.lockGroups(firmId);
      return clients.childrenOf(firmId, [parent.id, alone.id]);
    });
    expect(below.map(({ id, parentId }) => [id, parentId])).toEqual([[child.id, parent.id]]);
    expect(await inUnit(({ clients }) => clients.childrenOf(otherFirm, [parent.id]))).toEqual([]);
  });

  it('keeps nothing of a unit of work that fails', async () => {
    const client = aClient({ firmId, entityId: await the().entity() });
    const failure = inUnit(async ({ clients }) => {
      await clients.add(client);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await inUnit(({ clients }) => clients.find(firmId, client.id))).toBeNull();
  });

  it('tells contacts the entity of a client', async () => {
    const { id, entityId } = await added();
    expect(await inUnit(({ contacts }) => contacts.entityOfClient(firmId, id))).toBe(entityId);
  });

  it('never finds another firm’s client, nor its entity', async () => {
    const { id } = await added();
    for (const [firm, one] of [
      [otherFirm, id],
      [firmId, '999999' as ClientId],
    ] as const) {
      expect(await inUnit(({ clients }) => clients.find(firm, one))).toBeNull();
      expect(await inUnit(({ contacts }) => contacts.entityOfClient(firm, one))).toBeNull();
    }
  });
});

describe('MikroOrmClientRepository', () => {
  it('knows the SLA policies of a firm, by id and by name', async () => {
    const { clients, unitOfWork } = onPostgreSql();
    const policies = async (firm: FirmId) => {
      const clientId = await aClientRow(test.database, firm);
      const rows: { id: SlaPolicyId }[] = await test.database.em.fork().execute(
        `insert into sla_policies (id, firm_id, external_id, client_id, name, created_at, updated_at)
         select gen_random_uuid(), ?, n, case n when 'own' then ?::bigint end, n, now(), now() from unnest(array['gold', 'own']) n
         returning id::text as id`,
        [firm, clientId],
      );
      return { clientId, ids: rows.map(({ id }) => id) };
    };
    const [ours, theirs] = [await policies(firmId), await policies(otherFirm)];
    const named = (ids: readonly SlaPolicyId[], externalIds: readonly string[]) =>
      unitOfWork.run(() => clients.policiesAmong(firmId, { ids, externalIds }));
    const [gold, own] = ours.ids;
    const both = [
      { id: gold, externalId: 'gold', clientId: null },
      { id: own, externalId: 'own', clientId: ours.clientId },
    ];
    expect(await named([...ours.ids, ...theirs.ids, 'abc' as SlaPolicyId], [])).toEqual(expect.arrayContaining(both));
    expect(await named(theirs.ids, ['own', 'silver'])).toEqual([both[1]]);
    expect(await named([], [])).toEqual([]);
  });

  it('knows the users of a firm, and carries the name of a client over to its entity unless that has another', async () => {
    const { database } = test;
    const { clients, unitOfWork } = onPostgreSql();
    const user = await aUser(database, firmId);
    const known = await unitOfWork.run(() => clients.usersAmong(firmId, [user, '999999' as UserId]));
    expect([...known]).toEqual([user]);
    expect((await unitOfWork.run(() => clients.usersAmong(otherFirm, [user]))).size).toBe(0);
    const [one, other] = [await anEntity(database, firmId), await anEntity(database, firmId)];
    const renamed = [
      { id: '1' as ClientId, entityId: one, from: 'Entity', to: 'New' },
      { id: '2' as ClientId, entityId: other, from: 'Another', to: 'New' },
    ];
    await unitOfWork.run(() => clients.carryNames(firmId, renamed, new Date()));
    const rows = await database.em
      .fork()
      .execute<{ name: string }[]>('select original_name as name from entities where id in (?, ?) order by id', [
        one,
        other,
      ]);
    expect(rows.map(({ name }) => name)).toEqual(['New', 'Entity']);
  });
});
