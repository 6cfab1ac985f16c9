import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, ContactId, FirmId, UserId } from '@portico/domain/kernel';
import type { PortalClaim } from '@portico/domain/portal';
import { SqlCompanyQueries } from '../../src/portal/access/sql-company-queries.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
let companies: SqlCompanyQueries;
let firmId: FirmId;
let otherFirm: FirmId;
let createdBy: UserId;

beforeAll(async () => {
  test = await testDatabase();
  ({ firmId, otherFirm, createdBy } = await firmsWithUsers(test.database));
  companies = new SqlCompanyQueries(test.database);
}, 60_000);
afterAll(() => test.dispose());

const client = (parentId: ClientId | null = null, firm = firmId) => aClientRow(test.database, firm, parentId);
const contact = (clientId: ClientId, changes: { access?: string; role?: string } = {}) =>
  aContactRow(test.database, { firmId, createdBy, clientId, ...changes });
const standing = (companyId: ClientId, claim: Partial<PortalClaim> = {}, firm = firmId) =>
  companies.standing(firm, { companyId, contactId: null, role: 'viewer', groupIds: [], ...claim });

describe('SqlCompanyQueries', () => {
  it('knows the companies of the firm, and no other firm’s', async () => {
    const [own, foreign] = [await client(), await client(null, otherFirm)];
    expect(await standing(own)).toEqual({ isKnown: true, contact: null, outsiders: [] });
    for (const [id, firm] of [
      [own, otherFirm],
      [foreign, firmId],
      ['999999' as ClientId, firmId],
    ] as const)
      expect((await standing(id, {}, firm)).isKnown).toBe(false);
  });

  it('knows a contact of the very company who is invited or active, and their role', async () => {
    const parent = await client();
    const own = await client(parent);
    const find = async (contactId: ContactId, company = own) => (await standing(company, { contactId })).contact;
    const active = await contact(own, { role: 'viewer' });
    expect(await find(active)).toEqual({ role: 'viewer', isInvited: false });
    expect(await find(await contact(own, { access: 'invited' }))).toEqual({ role: 'admin', isInvited: true });
    for (const access of ['none', 'revoked']) expect(await find(await contact(own, { access }))).toBeNull();
    for (const one of [parent, await client()]) expect(await find(active, one)).toBeNull();
    expect((await standing(own, { contactId: active }, otherFirm)).contact).toBeNull();
  });

  it('tells who is outside the group: the topmost parent and everything below it', async () => {
    const top = await client();
    const [left, right] = [await client(top), await client(top)];
    const deep = await client(await client(left));
    const alone = await client();
    const foreign = await client(null, otherFirm);
    const outsiders = async (companyId: ClientId, groupIds: ClientId[]) =>
      (await standing(companyId, { groupIds })).outsiders;
    for (const one of [top, left, right, deep]) expect(await outsiders(one, [top, left, right, deep])).toEqual([]);
    const strangers = [alone, foreign, '999999' as ClientId];
    expect(await outsiders(deep, [right, ...strangers])).toEqual(strangers);
    expect(await outsiders(alone, [alone])).toEqual([]);
    expect(await outsiders('999999' as ClientId, [top])).toEqual([top]);
  });

  it('ends where companies should ever stand below each other', async () => {
    const one = await client();
    const two = await client(one);
    await test.database.em.fork().execute('update clients set parent_id = ? where id = ?', [two, one]);
    expect(await standing(one, { groupIds: [two] })).toEqual({ isKnown: true, contact: null, outsiders: [two] });
  });
});
