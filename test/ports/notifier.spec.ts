import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientId, ContactId } from '@portico/domain/kernel';
import type { NewNotification } from '@portico/domain/notifications';
import { anInvoiceOf, NewsBench } from '../support/news-bench.js';
import { aClientRow } from '../support/portal-rows.js';
import { aUser } from '../support/rows.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await NewsBench.makeQueue(test.database);
}, 60_000);
afterAll(() => test.dispose());

const aBench = () => NewsBench.on(test.database);
const contact = (id: ContactId) => `contact:${id}`;

let sent: SentStatements | null = null;

/** How many statements `work` sends. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  sent ??= await SentStatements.of(test.database);
  return sent.during(work);
}

describe('whom the Notifier tells', () => {
  it('the contacts of the clients that may use the portal, and nobody else', async () => {
    const bench = await aBench();
    const other = await aClientRow(test.database, bench.firmId);
    const [active, invited] = [await bench.contact(), await bench.contact({ access: 'invited' })];
    await bench.contact({ access: 'revoked' });
    await bench.contact({ access: 'none' });
    await bench.contact({ clientId: other });
    await bench.raise(anInvoiceOf(bench.clientId));
    const [one, two, ...others] = await bench.told('recipient, client_id::text, names, created_at');
    expect(others).toEqual([]);
    expect([one?.['recipient'], two?.['recipient']]).toEqual([contact(active), contact(invited)]);
    expect(one).toMatchObject({ client_id: bench.clientId, names: { number: 'INV-1' } });
    expect(new Date(String(one?.['created_at']))).toEqual(bench.clock.now());
  });

  it('never anyone of another firm, whatever ids are given', async () => {
    const [bench, foreign] = [await aBench(), await aBench()];
    const [stranger, user] = [await foreign.contact(), await aUser(test.database, foreign.firmId)];
    const { clientId } = foreign;
    await bench.raise(
      anInvoiceOf(clientId),
      anInvoiceOf(clientId, { to: { kind: 'contacts', ids: [stranger] } }),
      { ...anInvoiceOf(clientId), type: 'request_received', to: { userIds: [user] } },
      { ...anInvoiceOf(clientId), type: 'announcement', to: { kind: 'firm' } },
    );
    expect(await bench.told()).toEqual([]);
    expect(await foreign.told()).toEqual([]);
  });

  it('these contacts, all of the firm, and users, each once for each thing', async () => {
    const bench = await aBench();
    const [ann, bob] = [await bench.contact(), await bench.contact()];
    await bench.raise(
      anInvoiceOf(bench.clientId, { to: { kind: 'contacts', ids: [bob, bob] } }),
      { ...anInvoiceOf(bench.clientId), type: 'announcement', to: { kind: 'firm' }, clientId: null },
      { ...anInvoiceOf(bench.clientId), type: 'budget_approved', to: { userIds: [bench.userId] } },
    );
    expect(await bench.told('recipient, type, client_id::text')).toEqual([
      { recipient: contact(ann), type: 'announcement', client_id: bench.clientId },
      { recipient: contact(bob), type: 'invoice_issued', client_id: bench.clientId },
      { recipient: contact(bob), type: 'announcement', client_id: bench.clientId },
      { recipient: `user:${bench.userId}`, type: 'budget_approved', client_id: bench.clientId },
    ]);
  });

  it('not whoever did it', async () => {
    const bench = await aBench();
    const [ann, bob] = [await bench.contact(), await bench.contact()];
    const colleague = await aUser(test.database, bench.firmId);
    const toStaff = { ...anInvoiceOf(bench.clientId), type: 'request_received' } as const;
    await bench.raise(anInvoiceOf(bench.clientId, { by: { contactId: ann } }), {
      ...toStaff,
      to: { userIds: [bench.userId, colleague] },
      by: { userId: bench.userId },
    });
    const told = await bench.told('recipient, by_contact_id::text, by_user_id::text');
    expect(told).toEqual([
      { recipient: contact(bob), by_contact_id: ann, by_user_id: null },
      { recipient: `user:${colleague}`, by_contact_id: null, by_user_id: bench.userId },
    ]);
  });

  it('gives UUIDs v7 in the order of what was raised', async () => {
    const bench = await aBench();
    await bench.contact();
    await bench.raise(...['a', 'b', 'c'].map((number) => anInvoiceOf(bench.clientId, { names: { number } })));
    const rows = await bench.told('id, names');
    expect(rows.map(({ names }) => (names as { number: string }).number)).toEqual(['a', 'b', 'c']);
    const time = bench.clock.now().getTime().toString(16).padStart(12, '0');
    for (const { id } of rows) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(String(id).replaceAll('-', '').slice(0, 12)).toBe(time);
    }
  });
});

describe('how the Notifier tells', () => {
  it('as the person prefers, else as the firm says, else as is built in', async () => {
    const bench = await aBench();
    const [ann, bob] = [await bench.contact(), await bench.contact()];
    await bench.prefer(ann, 'invoice_issued', { inApp: false, email: true });
    await bench.prefer(bob, 'milestone_reached', { inApp: true, email: true });
    await bench.say('milestone_reached', { inApp: false });
    const [invoice, milestone] = [anInvoiceOf(bench.clientId), anInvoiceOf(bench.clientId)];
    await bench.raise(invoice, { ...milestone, type: 'milestone_reached' } as NewNotification);
    expect(await bench.told('recipient, type, is_in_app')).toEqual([
      { recipient: contact(ann), type: 'invoice_issued', is_in_app: false },
      { recipient: contact(ann), type: 'milestone_reached', is_in_app: false },
      { recipient: contact(bob), type: 'invoice_issued', is_in_app: true },
      { recipient: contact(bob), type: 'milestone_reached', is_in_app: true },
    ]);
  });

  it('what is critical whatever they prefer', async () => {
    const bench = await aBench();
    const ann = await bench.contact();
    await bench.prefer(ann, 'contract_to_sign', { inApp: false, email: false });
    await bench.say('contract_to_sign', { inApp: false, email: false });
    await bench.raise({ ...anInvoiceOf(bench.clientId), type: 'contract_to_sign' } as NewNotification);
    expect(await bench.told()).toMatchObject([{ recipient: contact(ann), is_in_app: true, mail: 'waiting' }]);
  });

  it('clients nothing of what the firm keeps from them', async () => {
    const bench = await aBench();
    await bench.contact();
    await bench.say('invoice_issued', { supportsPortal: false });
    await bench.say('request_received', { supportsPortal: false });
    const staff = {
      ...anInvoiceOf(bench.clientId),
      type: 'request_received',
      to: { userIds: [bench.userId] },
    } as const;
    await bench.raise(anInvoiceOf(bench.clientId), staff);
    expect(await bench.told('recipient, type')).toEqual([
      { recipient: `user:${bench.userId}`, type: 'request_received' },
    ]);
  });

  it('of published files in the portal alone: publishing sends its own mail', async () => {
    const bench = await aBench();
    await bench.contact();
    await bench.raise({ ...anInvoiceOf(bench.clientId), type: 'file_published' } as NewNotification);
    expect(await bench.told('is_in_app, mail')).toEqual([{ is_in_app: true, mail: 'none' }]);
    expect(await bench.waiting()).toEqual([]);
  });

  it('nothing when the unit of work fails', async () => {
    const bench = await aBench();
    await bench.contact();
    const failure = bench.unitOfWork.run(async () => {
      await bench.notifier.raise(bench.firmId, [anInvoiceOf(bench.clientId)]);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect([await bench.told(), await bench.waiting()]).toEqual([[], []]);
  });

  it('in as many statements for a thousand things and people as for one', async () => {
    const bench = await aBench();
    const clients: ClientId[] = [];
    for (let count = 0; count < 20; count++) {
      const clientId = await aClientRow(test.database, bench.firmId);
      clients.push(clientId);
      await bench.contact({ clientId });
    }
    const of = (count: number) =>
      Array.from({ length: count }, (_one, at) => anInvoiceOf(clients[at % clients.length] as ClientId));
    const one = await statementsOf(() => bench.raise(...of(1)));
    const many = await statementsOf(() => bench.raise(...of(1000)));
    expect(many).toBe(one);
    expect(one).toBe(3); // with those that begin and end the transaction
    expect(await bench.told('id')).toHaveLength(1001);
    expect(await statementsOf(() => bench.notifier.raise(bench.firmId, []))).toBe(0);
  });
});

describe('what waits to be mailed', () => {
  it('is one burst for each person and type, due a minute after the last, ten after the first', async () => {
    const bench = await aBench();
    const [ann, staff] = [await bench.contact(), bench.userId];
    const invoice = () => bench.raise(anInvoiceOf(bench.clientId));
    await invoice();
    await bench.raise({ ...anInvoiceOf(bench.clientId), type: 'note_added' } as NewNotification, {
      ...anInvoiceOf(bench.clientId),
      type: 'request_received',
      to: { userIds: [staff] },
    });
    bench.clock.advance(45);
    await invoice();
    expect(await bench.waiting()).toEqual([
      { recipient: contact(ann), type: 'invoice_issued', seconds: 60 },
      { recipient: contact(ann), type: 'note_added', seconds: 15 },
      { recipient: `user:${staff}`, type: 'request_received', seconds: 15 },
    ]);
    for (let minute = 0; minute < 11; minute++) {
      bench.clock.advance(50);
      await invoice();
    }
    const [burst] = await bench.waiting();
    expect(burst).toEqual({ recipient: contact(ann), type: 'invoice_issued', seconds: 600 - 45 - 550 });
  });

  it('two calls at once about the same people are both kept', async () => {
    const bench = await aBench();
    for (let count = 0; count < 20; count++) await bench.contact();
    await Promise.all(Array.from({ length: 6 }, () => bench.raise(anInvoiceOf(bench.clientId))));
    expect(await bench.told('id')).toHaveLength(120);
    expect(await bench.waiting()).toHaveLength(20);
  });
});

it('tells 20,000 contacts in a few seconds', async () => {
  const bench = await aBench();
  await bench.rows(
    `insert into contacts (firm_id, client_id, first_name, last_name, login_email, portal_access, activated_at,
       is_exempt_from_two_factor_requirement, mailing_addresses, emails, phone_numbers, family_members, time_zone,
       language, portal_role, publish_files, notify_by_email, created_by, created_at, modified_at)
     select ?, ?, 'A', 'B', gen_random_uuid() || '@example.test', 'active', now(), false, '[]', '[]', '[]', '[]',
       'UTC', 'en', 'admin', true, true, ?, now(), now() from generate_series(1, 20000)`,
    [bench.firmId, bench.clientId, bench.userId],
  );
  const begun = performance.now();
  await bench.raise({ ...anInvoiceOf(bench.clientId), type: 'announcement', to: { kind: 'firm' }, clientId: null });
  const seconds = (performance.now() - begun) / 1000;
  const [row] = await bench.rows('select count(*)::int as count from notifications where firm_id = ?', [bench.firmId]);
  expect(row?.['count']).toBe(20_000);
  expect(seconds).toBeLessThan(5); // two, on a machine that has nothing else to do
}, 60_000);
