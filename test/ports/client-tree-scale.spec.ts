import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client } from '@portico/domain/directory';
import type { TreeFolderId } from '@portico/domain/kernel';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { type ClientAdapters, clientAdapters } from './client-adapters.js';

const CLIENTS = 10_000;
/** Far more than it takes, so that a busy machine does not fail; a statement for each client would not be done. */
const SECONDS = 15;

let test: TestDatabase;
let it_: ClientAdapters;
let clients: Client[];
beforeAll(async () => {
  test = await testDatabase();
  it_ = await clientAdapters(test.database);
  clients = await it_.rows<Client>(
    `with entity as (
       insert into entities (firm_id, original_name, model_type, created_at, modified_at)
       select ?, 'Client ' || n, 'HOUSEHOLD', now(), now() from generate_series(1, ?) n returning id, firm_id, original_name)
     insert into clients (firm_id, name, entity_id, created_at, modified_at)
     select firm_id, original_name, id, now(), now() from entity
     returning id::text, firm_id::text as "firmId", name, entity_id::text as "entityId"`,
    [it_.firmId, CLIENTS],
  );
}, 120_000);
afterAll(() => test.dispose());

async function seconds(what: string, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  const took = (performance.now() - begun) / 1000;
  if (process.env['SHOW_TIMES']) process.stderr.write(`${what}: ${took.toFixed(2)} s\n`);
  return took;
}

it(`changes the default tree of ${CLIENTS} clients in seconds`, async () => {
  const { actor, add, rename, remove, unitOfWork, clientFolders } = it_;
  let [top, inner] = ['' as TreeFolderId, '' as TreeFolderId];
  const took = [
    await seconds('new clients', () => unitOfWork.run(() => clientFolders.addFor(actor, clients))),
    await seconds('add at the top', async () => (top = await add.execute(actor, { name: 'Taxes', parentId: null }))),
    await seconds('add below', async () => (inner = await add.execute(actor, { name: '2026', parentId: top }))),
    await seconds('rename', () => rename.execute(actor, { id: inner, name: '2027' })),
    await seconds('delete', () => remove.execute(actor, { id: top })),
  ];
  const [counted] = await it_.rows<{ folders: string; renamed: string }>(
    `select count(*) as folders, count(*) filter (where name = '2027') as renamed from files where firm_id = ?`,
    [it_.firmId],
  );
  expect(counted).toEqual({ folders: String(3 * CLIENTS), renamed: String(CLIENTS) });
  expect(Math.max(...took)).toBeLessThan(SECONDS);
}, 120_000);
