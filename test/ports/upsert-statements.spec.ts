import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientBelongings, type ClientRow, UpsertClients, UpsertContacts } from '@portico/domain/directory';
import type { Actor } from '@portico/domain/kernel';
import { anActor, FixedClock } from '@portico/testing';
import { SqlClientFolders } from '../../src/client-files/sql-client-folders.js';
import { MikroOrmClientRepository } from '../../src/directory/mikro-orm-client-repository.js';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { MikroOrmEntityRepository } from '../../src/directory/mikro-orm-entity-repository.js';
import { SqlContactImport } from '../../src/directory/sql-contact-import.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { aUser, firmsWithUsers } from '../support/rows.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let actor: Actor;
beforeAll(async () => {
  test = await testDatabase();
  const { firmId } = await firmsWithUsers(test.database);
  const restricted = await aUser(test.database, firmId);
  actor = anActor({ firmId, userId: restricted, allDataAccess: false });
}, 60_000);
afterAll(() => test.dispose());

function useCases() {
  const { database } = test;
  const clock = new FixedClock();
  const [clients, access] = [new MikroOrmClientRepository(database), new SqlDataAccess(database)];
  const tools = [new MikroOrmHistory(database, clock), new MikroOrmUnitOfWork(database), clock] as const;
  const entities = new MikroOrmEntityRepository(database);
  const belongings = new ClientBelongings(
    clients,
    entities,
    new SqlClientFolders(database, new MikroOrmFolderTree(database), clock),
  );
  const imports = new SqlContactImport(database);
  return {
    clients: new UpsertClients(belongings, clients, access, ...tools),
    contacts: new UpsertContacts(new MikroOrmContactRepository(database), imports, access, ...tools),
  };
}

let sent: SentStatements | null = null;

/** How many statements `work` sends. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  sent ??= await SentStatements.of(test.database);
  const statements = await sent.during(work);
  expect(statements).toBeGreaterThan(0);
  return statements;
}

const range = <T>(prefix: string, count: number, of: (name: string, at: number) => T): T[] =>
  Array.from({ length: count }, (_one, at) => of(`${prefix}-${at}`, at));

describe('Taking over many rows', () => {
  it('takes as many statements for a thousand clients as for ten, new and known', async () => {
    const { clients } = useCases();
    const rows = (prefix: string, count: number): ClientRow[] =>
      range(prefix, count, (externalId, at) => ({
        ...{ externalId, name: externalId },
        ...(at > 0 && { parentExternalId: `${prefix}-0` }),
      }));
    const changed = (prefix: string, count: number) =>
      rows(prefix, count).map((row, at) => ({ ...row, name: `New ${at}`, tier: `${at}`, parentExternalId: null }));
    await clients.execute(actor, rows('warm', 3));
    const added = [await statementsOf(() => clients.execute(actor, rows('few', 10)))];
    added.push(await statementsOf(() => clients.execute(actor, rows('many', 1000))));
    const revised = [await statementsOf(() => clients.execute(actor, changed('few', 10)))];
    revised.push(await statementsOf(() => clients.execute(actor, changed('many', 1000))));
    expect([added[1], revised[1]]).toEqual([added[0], revised[0]]);
  });

  it('takes as many statements for a thousand contacts as for ten, new and known', async () => {
    const { clients, contacts } = useCases();
    await clients.execute(actor, [
      { externalId: 'one', name: 'One' },
      { externalId: 'two', name: 'Two' },
    ]);
    const rows = (prefix: string, count: number, clientExternalId: string) =>
      range(prefix, count, (externalId, at) => ({
        ...{ externalId, clientExternalId, firstName: 'Ada', lastName: `${clientExternalId} ${at}` },
        loginEmail: `${externalId}@example.test`,
      }));
    await contacts.execute(actor, rows('warm', 3, 'one'));
    const added = [await statementsOf(() => contacts.execute(actor, rows('few', 10, 'one')))];
    added.push(await statementsOf(() => contacts.execute(actor, rows('many', 1000, 'one'))));
    const revised = [await statementsOf(() => contacts.execute(actor, rows('few', 10, 'two')))];
    revised.push(await statementsOf(() => contacts.execute(actor, rows('many', 1000, 'two'))));
    expect([added[1], revised[1]]).toEqual([added[0], revised[0]]);
  });
});
