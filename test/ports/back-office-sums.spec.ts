import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

it('migrates', async () => {
  const rows = await test.database.em.fork().execute('select count(*) from invoices where invoice_number = ?', ["a'b\\c?"]);
  expect(rows).toHaveLength(1);
});
