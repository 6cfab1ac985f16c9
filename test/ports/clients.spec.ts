import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientRepository, ContactRepository } from '@portico/domain/directory';
import type { ClientId, EntityId, FirmId, UnitOfWork } from '@portico/domain/kernel';
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
import { anEntity, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  clients: ClientRepository;
  /** Which is asked for the entities of clients. */
  contacts: ContactRepository;
  unitOfWork: UnitOfWork;
  entity(): Promise<EntityId>;
}

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
  clients.add = async (client) => {
    await add(client);
    contacts.clients.set(client.id, client);
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
