import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ClientId, FirmId, UserId } from '@portico/domain/kernel';
import { FixedClock } from '@portico/testing';
import { SqlPortalBudgetQueries } from '../../src/portal/budgets/sql-portal-budget-queries.js';
import { SqlPortalContractQueries } from '../../src/portal/contracts/sql-portal-contract-queries.js';
import { SqlPortalInvoiceQueries } from '../../src/portal/invoices/sql-portal-invoice-queries.js';
import { SqlPortalNoteQueries } from '../../src/portal/notes/sql-portal-note-queries.js';
import { SqlPortalPageQueries } from '../../src/portal/pages/sql-portal-page-queries.js';
import { aClientRow, aContactRow } from '../support/portal-rows.js';
import { firmsWithUsers } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { WorkRows } from '../support/work-rows.js';

const ALL = { limit: 1000, offset: 0 };
const EMAIL = 'signer@example.test';

interface Company {
  readonly firmId: FirmId;
  readonly clientId: ClientId;
}
interface Kind {
  /** Makes one that is shown. */
  readonly make: (owner: Company) => Promise<string>;
  /** Makes those that are not. */
  readonly hide: (owner: Company) => Promise<string[]>;
  readonly list: (firmId: FirmId, companyIds: readonly ClientId[]) => Promise<readonly { id: string }[]>;
  /** Null where there is no single one. */
  readonly find: ((firmId: FirmId, companyIds: readonly ClientId[], id: string) => Promise<unknown>) | null;
}

let test: TestDatabase;
let rows: WorkRows;
let createdBy: UserId;
let own: Company;
let sister: Company;
let foreign: Company;

beforeAll(async () => {
  test = await testDatabase();
  rows = new WorkRows(test.database, new Date('2026-02-03T04:05:06.789Z'));
  const { firmId, otherFirm, createdBy: userId } = await firmsWithUsers(test.database);
  createdBy = userId;
  const parent = await aClientRow(test.database, firmId);
  own = { firmId, clientId: await aClientRow(test.database, firmId, parent) };
  sister = { firmId, clientId: await aClientRow(test.database, firmId, parent) };
  foreign = { firmId: otherFirm, clientId: await aClientRow(test.database, otherFirm) };
  for (const [n, { clientId }] of [own, sister].entries()) await signer(clientId, `${n}-${EMAIL}`);
}, 60_000);
afterAll(() => test.dispose());

async function signer(clientId: ClientId, email: string): Promise<void> {
  const id = await aContactRow(test.database, { firmId: own.firmId, createdBy, clientId });
  await rows.execute('update contacts set login_email = ? where id = ?', [email, id]);
}

const addressOf = ({ clientId }: Company): string => `${clientId === own.clientId ? 0 : 1}-${EMAIL}`;
const onInvoice = async (owner: Company, status: string, columns: object = {}): Promise<string> => {
  const resource_id = await rows.invoice(owner, { status });
  return rows.note(owner, { resource_type: 'invoice', resource_id, ...columns });
};

const KINDS: Readonly<Record<string, () => Kind>> = {
  budgets: () => {
    const queries = new SqlPortalBudgetQueries(test.database);
    return {
      make: (owner) => rows.budget(owner),
      hide: async (owner) => [await rows.budget(owner, { status: 'draft' })],
      list: (firmId, companyIds) => queries.list(firmId, companyIds, ALL),
      find: (...args) => queries.find(...args),
    };
  },
  invoices: () => {
    const queries = new SqlPortalInvoiceQueries(test.database, new FixedClock());
    return {
      make: (owner) => rows.invoice(owner),
      hide: async (owner) => [await rows.invoice(owner, { status: 'draft' })],
      list: (firmId, companyIds) => queries.list(firmId, companyIds, ALL),
      find: (...args) => queries.find(...args),
    };
  },
  contracts: () => {
    const queries = new SqlPortalContractQueries(test.database);
    return {
      make: (owner) => rows.contract({ ...owner, clientId: null }, [addressOf(owner).toUpperCase()]),
      hide: async (owner) => [
        await rows.contract(owner, [addressOf(owner)], { status: 'draft' }),
        await rows.contract(owner, ['nobody@example.test']),
      ],
      list: (firmId, companyIds) => queries.list(firmId, companyIds, ALL),
      find: null,
    };
  },
  pages: () => {
    const queries = new SqlPortalPageQueries(test.database);
    return {
      make: (owner) => rows.page(owner),
      hide: async (owner) => [
        await rows.page(owner, { is_published: false }),
        await rows.page(owner, { is_archived: true }),
      ],
      list: (firmId, companyIds) => queries.list(firmId, companyIds, ALL),
      find: (...args) => queries.find(...args),
    };
  },
  notes: () => {
    const queries = new SqlPortalNoteQueries(test.database);
    return {
      make: (owner) => onInvoice(owner, 'submitted'),
      hide: async (owner) => {
        const resource_id = await rows.budget(owner, { status: 'draft' });
        const onDraft = await rows.note(owner, { resource_type: 'budget', resource_id });
        const internal = await onInvoice(owner, 'submitted', { is_client_visible: false });
        return [onDraft, internal, await onInvoice(owner, 'draft')];
      },
      list: (firmId, companyIds) => queries.latest(firmId, companyIds),
      find: (...args) => queries.find(...args),
    };
  },
};

describe.each(Object.entries(KINDS))('the %s of a portal', (_name, kindOf) => {
  const idsOf = async (firmId: FirmId, companyIds: ClientId[]) =>
    (await kindOf().list(firmId, companyIds)).map(({ id }) => id);

  it('are those of the companies, and never another company’s or another firm’s', async () => {
    const kind = kindOf();
    const [mine, sisters, theirs] = [await kind.make(own), await kind.make(sister), await kind.make(foreign)];
    expect(await idsOf(own.firmId, [own.clientId])).toEqual([mine]);
    const both = await idsOf(own.firmId, [own.clientId, sister.clientId]);
    expect(both.sort()).toEqual([mine, sisters].sort());
    expect(await idsOf(own.firmId, [])).toEqual([]);
    for (const [firmId, companyIds] of [
      [foreign.firmId, [own.clientId, sister.clientId]],
      [own.firmId, [foreign.clientId]],
    ] as const)
      expect(await idsOf(firmId, [...companyIds])).toEqual([]);
    for (const id of [mine, sisters, theirs]) {
      const found = await kind.find?.(own.firmId, [own.clientId], id);
      if (kind.find) expect(found === null).toBe(id !== mine);
      expect((await kind.find?.(foreign.firmId, [own.clientId], id)) ?? null).toBeNull();
    }
  });

  it('never are what clients do not see', async () => {
    const kind = kindOf();
    const hidden = await kind.hide(own);
    const told = await idsOf(own.firmId, [own.clientId]);
    for (const id of [...hidden, 'abc', '%']) {
      expect(told).not.toContain(id);
      expect((await kind.find?.(own.firmId, [own.clientId], id)) ?? null).toBeNull();
    }
  });

  it('take one statement, whatever their number', async () => {
    const kind = kindOf();
    const id = await kind.make(own);
    const query = jest.spyOn(test.database, 'query');
    try {
      await kind.list(own.firmId, [own.clientId, sister.clientId]);
      expect(query).toHaveBeenCalledTimes(1);
      await kind.find?.(own.firmId, [own.clientId], id);
      expect(query).toHaveBeenCalledTimes(kind.find ? 2 : 1);
    } finally {
      query.mockRestore();
    }
  });
});

describe('SqlPortalInvoiceQueries', () => {
  it('tells what is overdue by the calendar of each company', async () => {
    const at = (instant: string) => new SqlPortalInvoiceQueries(test.database, new FixedClock(new Date(instant)));
    const companies: ClientId[] = [];
    for (const zone of ['Pacific/Auckland', 'UTC', 'America/Los_Angeles']) {
      const clientId = await aClientRow(test.database, own.firmId);
      await rows.execute('update clients set time_zone = ? where id = ?', [zone, clientId]);
      const issued = { issued_date: '2026-03-01', due_date: '2026-03-31' };
      const id = await rows.invoice({ ...own, clientId }, issued);
      await rows.add(
        'invoice_line_items',
        { ...own, clientId },
        {
          ...{ invoice_id: id, description: 'Work', quantity: 1, unit_price: 0.01, tax_rate: 0, position: 0 },
        },
      );
      companies.push(clientId);
    }
    const overdue = async (instant: string) => {
      const invoices = await at(instant).list(own.firmId, companies, ALL);
      return companies.map((company) => invoices.find(({ companyId }) => companyId === company)?.isOverdue);
    };
    expect(await overdue('2026-03-31T10:59:59Z')).toEqual([false, false, false]);
    expect(await overdue('2026-03-31T11:00:00Z')).toEqual([true, false, false]);
    expect(await overdue('2026-04-01T00:00:00Z')).toEqual([true, true, false]);
    expect(await overdue('2026-04-01T06:59:59Z')).toEqual([true, true, false]);
    expect(await overdue('2026-04-01T07:00:00Z')).toEqual([true, true, true]);
  });
});

describe('SqlPortalNoteQueries', () => {
  it('names the firm where it is not known who wrote a note', async () => {
    const id = await onInvoice(own, 'submitted');
    const note = await new SqlPortalNoteQueries(test.database).find(own.firmId, [own.clientId], id);
    expect(note).toMatchObject({ authorId: null, authorName: 'Firm', authorType: 'user' });
  });

  it('answers the newest 100 of all companies together', async () => {
    const queries = new SqlPortalNoteQueries(test.database);
    const companies = [];
    const ids: string[] = [];
    for (let n = 0; n < 2; n++) {
      const owner = { ...own, clientId: await aClientRow(test.database, own.firmId) };
      companies.push({ owner, resource_id: await rows.project(owner) });
    }
    for (let n = 0; n < 130; n++) {
      const { owner, resource_id } = companies[n % 3 === 0 ? 0 : 1] as (typeof companies)[number];
      const id = `01989a3e-5f00-7000-8000-${String(n).padStart(12, '0')}`;
      ids.unshift(await rows.note(owner, { id, resource_type: 'project', resource_id }));
    }
    const clients = companies.map(({ owner }) => owner.clientId);
    expect((await queries.latest(own.firmId, clients)).map(({ id }) => id)).toEqual(ids.slice(0, 100));
  });
});
