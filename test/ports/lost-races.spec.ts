import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientBelongings, CreateClient, CreateContact, CreateEntity, CreateGroup } from '@portico/domain/directory';
import { CreateFolder, UploadFile } from '@portico/domain/files';
import { CreateUser } from '@portico/domain/identity';
import type { Actor } from '@portico/domain/kernel';
import {
  anActor,
  FileBench,
  FixedClock,
  InMemoryClientFolders,
  PlainPasswordHasher,
  PlainSealer,
} from '@portico/testing';
import { MikroOrmClientRepository } from '../../src/directory/mikro-orm-client-repository.js';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { MikroOrmEntityRepository } from '../../src/directory/mikro-orm-entity-repository.js';
import { MikroOrmGroupRepository } from '../../src/directory/mikro-orm-group-repository.js';
import { MikroOrmFileAssociations } from '../../src/files/mikro-orm-file-associations.js';
import { MikroOrmFileRepository } from '../../src/files/mikro-orm-file-repository.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { MikroOrmUserRepository } from '../../src/identity/mikro-orm-user-repository.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { anEntity, aGroup, firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

/** Loses the first race of each unit of work when everything is done, as a deadlock at the last statement would. */
class FirstRaceLost extends MikroOrmUnitOfWork {
  override run<T>(work: () => Promise<T>): Promise<T> {
    let runs = 0;
    return super.run(async () => {
      const answer = await work();
      if (++runs === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return answer;
    });
  }
}

let test: TestDatabase;
let actor: Actor;
beforeAll(async () => {
  test = await testDatabase();
  const { firmId, createdBy: userId } = await firmsWithUsers(test.database);
  actor = anActor({ firmId, userId });
}, 60_000);
afterAll(() => test.dispose());

const toolsOf = () => {
  const clock = new FixedClock();
  return [new MikroOrmHistory(test.database, clock), new FirstRaceLost(test.database), clock] as const;
};
const access = () => new SqlDataAccess(test.database);
const contacts = () => new MikroOrmContactRepository(test.database);
const entities = () => new MikroOrmEntityRepository(test.database);
const bench = new FileBench();
const vault = () =>
  [
    new MikroOrmFileRepository(test.database, bench.blobs),
    new MikroOrmFolderTree(test.database),
    new MikroOrmFileAssociations(test.database, access()),
    ...toolsOf(),
  ] as const;

/** Each makes one with the members `entity` and `group` where it can have some, and answers its id. */
const makers: Record<string, (entity: string, group: string) => Promise<string>> = {
  users: (entity, group) =>
    new CreateUser(
      new MikroOrmUserRepository(test.database),
      access(),
      new PlainPasswordHasher(),
      ...toolsOf(),
    ).execute(actor, {
      email: 'twice@example.test',
      name: 'Twice',
      permissions: [],
      allDataAccess: false,
      permitted: { entityIds: [entity as never], groupIds: [group as never] },
    }),
  contacts: (entity, group) =>
    new CreateContact(contacts(), access(), new PlainSealer(), ...toolsOf()).execute(actor, {
      profile: { firstName: 'Adam', lastName: 'Smith', loginEmail: 'twice@example.test' },
      ssn: '123456789',
      affiliations: { entityIds: [entity as never], groupIds: [group as never] },
      defaultAffiliation: { entityId: entity as never },
    }),
  entities: () =>
    new CreateEntity(entities(), ...toolsOf()).execute(actor, {
      originalName: 'Twice',
      modelType: 'TRUST',
      externalId: 'twice',
    }),
  groups: (entity) =>
    new CreateGroup(new MikroOrmGroupRepository(test.database), access(), ...toolsOf()).execute(actor, {
      name: 'Twice',
      memberIds: [entity as never],
    }),
  clients: async () => {
    const clients = new MikroOrmClientRepository(test.database);
    const belongings = new ClientBelongings(clients, entities(), new InMemoryClientFolders());
    return (await new CreateClient(belongings, clients, access(), ...toolsOf()).execute(actor, { name: 'Twice' })).id;
  },
  'files, as a folder': (entity, group) =>
    new CreateFolder(...vault()).execute(actor, {
      name: 'Twice',
      parentId: null,
      associations: { entities: [entity as never], groups: [group as never] },
    }),
  'files, with bytes': async (entity) => {
    const upload = { originalName: 'twice.txt', contentType: 'text/plain', blob: await bench.blob() };
    const associations = { entities: [entity as never] };
    return (await new UploadFile(...vault()).execute(actor, { ...upload, associations })).id;
  },
};

async function rowsOf(table: string): Promise<{ id: string }[]> {
  return test.database.em.fork().execute(`select id::text as id from ${table} where firm_id = ?`, [actor.firmId]);
}

describe('What is made although a race was lost on the way', () => {
  it.each(Object.keys(makers))('is there once: of %s', async (what) => {
    const [table = ''] = what.split(',');
    const { database } = test;
    const [entity, group] = [await anEntity(database, actor.firmId), await aGroup(database, actor.firmId)];
    const before = await rowsOf(table);
    const id = await makers[what]?.(entity, group);
    const fresh = (await rowsOf(table)).filter((row) => !before.some((other) => other.id === row.id));
    expect(fresh).toEqual([{ id }]);
  });
});
