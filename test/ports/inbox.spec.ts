import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, ContactId, FirmId, ListRequest, UserId } from '@portico/domain/kernel';
import type { Inbox, InboxField, InboxFilter, InboxOwner, NewNotification } from '@portico/domain/notifications';
import { anActor, aPortalUser, InMemoryInbox } from '@portico/testing';
import { SqlInbox } from '../../src/notifications/inbox/sql-inbox.js';
import { SqlInboxQueries } from '../../src/notifications/inbox/sql-inbox-queries.js';
import { SqlPreferenceQueries, SqlPreferences } from '../../src/notifications/inbox/sql-preferences.js';
import { Statements } from '../../src/platform/database/statements.js';
import { anInvoiceOf, NewsBench } from '../support/news-bench.js';
import { aClientRow } from '../support/portal-rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

const NOW = new Date('2026-03-04T05:06:07.890Z');
const LATER = new Date('2026-03-04T06:06:07.890Z');

interface Adapters {
  readonly inbox: Inbox;
  readonly contact: InboxOwner;
  readonly user: InboxOwner;
  /** Who has none, and must not reach those of the others. */
  readonly strangers: readonly InboxOwner[];
  /** Tells the owner of something; answers its id. */
  readonly tell: (owner: InboxOwner) => Promise<string>;
  readonly instants: (id: string) => Promise<[readAt: Date | null, archivedAt: Date | null]>;
  /** Runs in a unit of work. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

describe.each([
  ['InMemoryInbox', inMemory],
  ['SqlInbox', onPostgreSql],
])('the Inbox %s', (_name, make) => {
  it.each(['contact', 'user'] as const)('keeps when a %s has read one first', async (who) => {
    const { inbox, tell, instants, run, [who]: owner } = await make();
    const id = await tell(owner);
    expect(await run(() => inbox.markRead(owner, id, NOW))).toBe(true);
    expect(await run(() => inbox.markRead(owner, id, LATER))).toBe(true);
    expect(await instants(id)).toEqual([NOW, null]);
  });

  it('keeps when one was archived first, and leaves it unread', async () => {
    const { inbox, tell, instants, run, contact } = await make();
    const id = await tell(contact);
    expect(await run(() => inbox.archive(contact, id, NOW))).toBe(true);
    expect(await run(() => inbox.archive(contact, id, LATER))).toBe(true);
    expect(await instants(id)).toEqual([null, NOW]);
  });

  it('marks all as read that are not archived, of one owner', async () => {
    const { inbox, tell, instants, run, contact, user } = await make();
    const [archived, read, unread, other] = [await tell(contact), await tell(contact), await tell(contact), await tell(user)]; // prettier-ignore
    await run(() => inbox.archive(contact, archived, NOW));
    await run(() => inbox.markRead(contact, read, NOW));
    await run(() => inbox.markAllRead(contact, LATER));
    const found = await Promise.all([archived, read, unread, other].map(instants));
    expect(found.map(([readAt]) => readAt)).toEqual([null, NOW, LATER, null]);
  });

  it('never reaches what is somebody else’s', async () => {
    const { inbox, tell, instants, run, contact, user, strangers } = await make();
    const [id, ofUser] = [await tell(contact), await tell(user)];
    for (const stranger of [...strangers, user]) {
      expect(await run(() => inbox.markRead(stranger, id, NOW))).toBe(false);
      expect(await run(() => inbox.archive(stranger, id, NOW))).toBe(false);
      if (stranger !== user) await run(() => inbox.markAllRead(stranger, NOW));
    }
    expect(await run(() => inbox.markRead(contact, ofUser, NOW))).toBe(false);
    expect(await run(() => inbox.markRead(contact, randomUUID(), NOW))).toBe(false);
    expect(await run(() => inbox.markRead(contact, 'no id', NOW))).toBe(false);
    expect([await instants(id), await instants(ofUser)]).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

async function inMemory(): Promise<Adapters> {
  const inbox = new InMemoryInbox();
  const [firmId, companyId] = ['1' as FirmId, '500' as ClientId];
  const contact = { firmId, companyId, contactId: '20' as ContactId };
  return {
    ...{ inbox, contact, user: { firmId, userId: '20' as UserId } },
    strangers: [
      { ...contact, firmId: '2' as FirmId },
      { ...contact, companyId: '501' as ClientId },
      { ...contact, contactId: '21' as ContactId },
    ],
    tell: async (owner) => {
      const id = randomUUID();
      inbox.add(owner, id);
      return id;
    },
    instants: async (id) => {
      const row = inbox.rows.find((one) => one.id === id);
      return [row?.readAt ?? null, row?.archivedAt ?? null];
    },
    run: (work) => work(),
  };
}

async function onPostgreSql(): Promise<Adapters> {
  const [bench, other] = [await NewsBench.on(test.database), await NewsBench.on(test.database)];
  const { firmId, clientId: companyId, userId } = bench;
  let contactId = await bench.contact();
  if (String(contactId) === String(userId)) contactId = await bench.contact(); // else the user is no stranger
  const contact = { firmId, companyId, contactId };
  const anotherClient = await aClientRow(test.database, firmId);
  return {
    ...{ inbox: new SqlInbox(new Statements(test.database)), contact, user: { firmId, userId } },
    strangers: [
      { ...contact, firmId: other.firmId },
      { ...contact, companyId: anotherClient },
      { ...contact, contactId: await bench.contact() },
      { firmId, userId: contact.contactId as string as UserId },
    ],
    tell: async (owner) => {
      const about = anInvoiceOf(companyId);
      const to = 'contactId' in owner ? { kind: 'contacts', ids: [owner.contactId] } : { userIds: [owner.userId] };
      const type = 'contactId' in owner ? 'invoice_issued' : 'budget_approved';
      await bench.raise({ ...about, type, to } as NewNotification);
      const [row] = await bench.rows(
        `select id from notifications where resource_id = ?`,
        [about.resource?.id], // prettier-ignore
      );
      return String(row?.['id']);
    },
    instants: async (id) => {
      const [row] = await bench.rows('select read_at, archived_at from notifications where id = ?', [id]);
      const instant = (value: unknown) => (value === null ? null : new Date(value as string));
      return [instant(row?.['read_at']), instant(row?.['archived_at'])];
    },
    run: (work) => bench.unitOfWork.run(work),
  };
}

describe('SqlInboxQueries', () => {
  async function world() {
    const bench = await NewsBench.on(test.database);
    const contactId = await bench.contact();
    const owner = { firmId: bench.firmId, companyId: bench.clientId, contactId };
    const queries = new SqlInboxQueries(test.database);
    const numbers = async (filter: InboxFilter, limit = 50, offset = 0, of: InboxOwner = owner) =>
      (await queries.list(of, { filter, limit, offset })).map(({ names }) => names['number']);
    const raise = (number: string, changes: Partial<NewNotification> = {}) =>
      bench.raise(anInvoiceOf(bench.clientId, { names: { number }, ...changes }));
    return { bench, owner, queries, numbers, raise };
  }

  it('shows the newest first, part by part, with everything that is known', async () => {
    const { bench, owner, queries, numbers, raise } = await world();
    for (const number of ['1', '2', '3']) {
      await raise(number, { by: { userId: bench.userId } });
      bench.clock.advance(1);
    }
    await bench.raise(...['4', '5'].map((number) => anInvoiceOf(bench.clientId, { names: { number } })));
    expect(await numbers('all')).toEqual(['5', '4', '3', '2', '1']);
    expect(await numbers('all', 2, 1)).toEqual(['4', '3']);
    const [, , , , first] = await queries.list(owner, { filter: 'all', limit: 50, offset: 0 });
    expect(first).toEqual({
      id: expect.any(String),
      type: 'invoice_issued',
      names: { number: '1' },
      resource: { type: 'invoice', id: expect.any(String) },
      clientId: bench.clientId,
      clientName: 'Client',
      actorId: bench.userId,
      actorName: 'User',
      isByContact: false,
      language: 'en',
      readAt: null,
      archivedAt: null,
      createdAt: new Date('2026-02-03T04:05:06.789Z'),
    });
  });

  it('tells apart what is unread, archived, and shown in the portal at all', async () => {
    const { bench, owner, queries, numbers, raise } = await world();
    for (const number of ['read', 'archived', 'unread']) await raise(number);
    const set = (what: string, number: string) =>
      bench.rows(`update notifications set ${what} where firm_id = ? and names ->> 'number' = ?`, [
        bench.firmId,
        number,
      ]);
    await set('read_at = now()', 'read');
    await set('archived_at = now()', 'archived');
    await bench.prefer(owner.contactId, 'invoice_issued', { inApp: false, email: true });
    await raise('by mail alone');
    expect((await numbers('all')).sort()).toEqual(['read', 'unread']);
    expect([await numbers('unread'), await numbers('archived')]).toEqual([['unread'], ['archived']]);
    const counts = await Promise.all((['all', 'unread', 'archived'] as const).map((one) => queries.count(owner, one)));
    expect(counts).toEqual([2, 1, 1]);
  });

  it('never shows what is somebody else’s, nor what was of another company of the contact', async () => {
    const { bench, owner, queries, numbers, raise } = await world();
    await raise('1');
    const other = await NewsBench.on(test.database);
    const company = await aClientRow(test.database, bench.firmId);
    const strangers: InboxOwner[] = [
      { ...owner, firmId: other.firmId },
      { ...owner, companyId: company },
      { ...owner, contactId: await bench.contact() },
      { firmId: owner.firmId, userId: owner.contactId as string as UserId },
    ];
    for (const stranger of strangers)
      expect([await numbers('all', 50, 0, stranger), await queries.count(stranger, 'unread')]).toEqual([[], 0]);
    expect(await numbers('all')).toEqual(['1']);
  });

  it('lists for staff what they were told: filtered, in parts, with the total', async () => {
    const { bench, queries } = await world();
    const user = anActor({ firmId: bench.firmId, userId: bench.userId });
    const told = { ...anInvoiceOf(bench.clientId), to: { userIds: [bench.userId] } };
    const contact = await bench.contact();
    await bench.raise({ ...told, type: 'request_received', by: { contactId: contact } });
    bench.clock.advance(1);
    await bench.raise({ ...told, type: 'budget_approved' }, { ...told, type: 'note_received' });
    await bench.rows(`update notifications set read_at = now() where firm_id = ? and type = 'budget_approved'`, [bench.firmId]); // prettier-ignore
    await bench.rows(`update notifications set archived_at = now() where firm_id = ? and type = 'note_received'`, [bench.firmId]); // prettier-ignore
    const list = async (changes: Partial<ListRequest<InboxField>> = {}, of = user) => {
      const sort = { field: 'createdAt', order: 'desc' } as const;
      const { items, total } = await queries.ofUser(of, { limit: 10, offset: 0, sort, filters: new Map(), ...changes });
      return [total, ...items.map(({ type }) => type)];
    };
    expect(await list()).toEqual([2, 'budget_approved', 'request_received']);
    expect(await list({ limit: 1, offset: 1 })).toEqual([2, 'request_received']);
    expect(await list({ filters: new Map([['unread', [true]]]) })).toEqual([1, 'request_received']);
    expect(await list({ filters: new Map([['archived', [true]]]) })).toEqual([1, 'note_received']);
    expect(await list({ filters: new Map([['type', ['budget_approved']]]) })).toEqual([1, 'budget_approved']);
    expect(await list({ filters: new Map([['clientId', ['999']]]) })).toEqual([0]);
    const [, request] = (await queries.ofUser(user, { limit: 10, offset: 0, sort: { field: 'createdAt', order: 'desc' }, filters: new Map() })).items; // prettier-ignore
    expect(request).toMatchObject({ actorId: contact, actorName: 'Adam Smith', isByContact: true });
    expect(await list({}, anActor({ firmId: bench.firmId, userId: '999' as UserId }))).toEqual([0]);
    const foreign = await NewsBench.on(test.database);
    expect(await list({}, anActor({ firmId: foreign.firmId, userId: bench.userId }))).toEqual([0]);
  });

  it('is led by an index, however many others were told', async () => {
    const { bench, owner } = await world();
    for (let count = 0; count < 30; count++) await bench.contact();
    await bench.raise(...Array.from({ length: 200 }, () => anInvoiceOf(bench.clientId)));
    await bench.rows('analyze notifications');
    const plan = async (condition: string) => {
      const rows = await bench.rows(
        `explain select * from notifications n where n.firm_id = ? and n.recipient = ? and n.client_id = ? and ${condition}
         order by n.created_at desc, n.id desc limit 50`,
        [bench.firmId, `contact:${owner.contactId}`, bench.clientId],
      );
      return rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    };
    expect(await plan('n.is_in_app and n.archived_at is null')).toContain('notifications_inbox');
    expect(await plan('n.is_in_app and n.archived_at is null and n.read_at is null')).toContain('notifications_unread');
    expect(await plan('n.is_in_app and n.archived_at is not null')).toContain('notifications_archived');
  });
});

describe('SqlPreferences', () => {
  it('keeps choices, each once, and shows them with what the firm says: of one contact of one firm', async () => {
    const bench = await NewsBench.on(test.database);
    const user = aPortalUser({ firmId: bench.firmId, companyId: bench.clientId, contactId: await bench.contact() });
    const preferences = new SqlPreferences(new Statements(test.database));
    const queries = new SqlPreferenceQueries(test.database);
    const choose = (...choices: { type: string; inApp: boolean; email: boolean }[]) =>
      bench.unitOfWork.run(() => preferences.choose(user, choices, NOW));
    await choose({ type: 'a', inApp: true, email: false }, { type: 'b', inApp: false, email: false });
    await choose({ type: 'a', inApp: false, email: true });
    await bench.say('weather', { email: false });
    const sheet = await queries.sheet(user);
    expect({ ...sheet, choices: [...sheet.choices].sort((one, other) => (one.type < other.type ? -1 : 1)) }).toEqual({
      language: 'en',
      own: [
        {
          ...{ type: 'weather', category: 'own', label: 'Own', description: null },
          ...{ supportsPortal: true, defaultInApp: true, defaultEmail: false },
        },
      ],
      choices: [
        { type: 'a', inApp: false, email: true },
        { type: 'b', inApp: false, email: false },
      ],
    });
    expect(await bench.unitOfWork.run(() => preferences.sheet(user))).toEqual(sheet);
    const none = { language: 'en', own: [], choices: [] };
    const other = await NewsBench.on(test.database);
    for (const stranger of [
      { ...user, firmId: other.firmId },
      { ...user, companyId: other.clientId },
      { ...user, contactId: await other.contact() },
    ]) {
      await bench.unitOfWork.run(() => preferences.choose(stranger, [{ type: 'c', inApp: true, email: true }], NOW));
      expect(await queries.sheet(stranger)).toEqual(none);
    }
    expect((await queries.sheet(user)).choices).toHaveLength(2);
  });
});
