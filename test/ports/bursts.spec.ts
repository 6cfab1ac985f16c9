import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ClientId, ContactId, DeliveryId } from '@portico/domain/kernel';
import { NAMED, type NewNotification, type NewsNotice } from '@portico/domain/notifications';
import { SqlBursts } from '../../src/notifications/bursts/sql-bursts.js';
import { SqlNoticeQueries } from '../../src/notifications/sql-notice-queries.js';
import { anInvoiceOf, NewsBench } from '../support/news-bench.js';
import { aClientRow } from '../support/portal-rows.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const MINUTE = 60;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await NewsBench.makeQueue(test.database);
}, 60_000);
afterAll(() => test.dispose());

/** A firm with a contact who was told of an invoice a minute ago. */
async function told(type: NewNotification['type'] = 'invoice_issued') {
  const bench = await NewsBench.on(test.database);
  const contact = await bench.contact();
  await bench.raise({ ...anInvoiceOf(bench.clientId), type } as NewNotification);
  bench.clock.advance(MINUTE);
  return { bench, contact };
}

/** What the mail tells now. */
async function noticeOf(bench: NewsBench, id: unknown, firmId = bench.firmId): Promise<NewsNotice | null> {
  const mail = { id: String(id) as DeliveryId, callId: null };
  const notice = await bench.unitOfWork.run(() => new SqlNoticeQueries(test.database).notice(firmId, mail));
  return notice as NewsNotice | null;
}

const states = async (bench: NewsBench) => (await bench.told('mail')).map(({ mail }) => mail);

describe('a burst', () => {
  it('becomes one mail when it is due, and not before', async () => {
    const bench = await NewsBench.on(test.database);
    const ann = await bench.contact();
    const raise = (number: string) => bench.raise(anInvoiceOf(bench.clientId, { names: { number } }));
    await raise('1');
    bench.clock.advance(30);
    await raise('2');
    bench.clock.advance(59);
    expect(await bench.send()).toBe(0);
    bench.clock.advance(1);
    expect(await bench.send()).toBe(1);
    const [mail, ...others] = await bench.mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ call_id: null, contact_id: ann, user_id: null, state: 'queued' });
    expect(await bench.told('mail, delivery_id')).toEqual([
      { mail: 'mailed', delivery_id: mail?.['id'] },
      { mail: 'mailed', delivery_id: mail?.['id'] },
    ]);
    expect([await bench.waiting(), await bench.send()]).toEqual([[], 0]);
    await raise('3');
    bench.clock.advance(MINUTE);
    expect(await bench.send()).toBe(1);
    expect((await bench.told('delivery_id')).map((row) => row['delivery_id'] === mail?.['id'])).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is of one person and one type', async () => {
    const { bench } = await told();
    await bench.contact();
    await bench.raise(
      anInvoiceOf(bench.clientId),
      { ...anInvoiceOf(bench.clientId), type: 'note_added' } as NewNotification,
      { ...anInvoiceOf(bench.clientId), type: 'request_received', to: { userIds: [bench.userId] } },
    );
    bench.clock.advance(MINUTE);
    expect(await bench.send()).toBe(5);
    expect((await bench.mails()).filter((mail) => mail['user_id'] === bench.userId)).toHaveLength(1);
  });

  it('of another firm is left to the other firm', async () => {
    const { bench } = await told();
    const other = await told();
    expect(await bench.send()).toBe(1);
    expect(await other.bench.waiting()).toHaveLength(1);
    expect(await states(other.bench)).toEqual(['waiting']);
    const inWork = (now: Date) => bench.unitOfWork.run(() => bench.bursts.takeDue(bench.firmId, now, 100));
    expect(await inWork(new Date('2030-01-01T00:00:00Z'))).toEqual([]);
  });

  it('is seen in the firms in which one is due', async () => {
    const { bench } = await told();
    const bursts = new SqlBursts(test.database);
    expect(await bursts.dueFirms(bench.clock.now())).toContain(bench.firmId);
    expect(await bursts.dueFirms(new Date(bench.clock.now().getTime() - 1))).not.toContain(bench.firmId);
  });
});

describe('whether a mail is made is decided when it is due', () => {
  type Change = (world: { bench: NewsBench; contact: ContactId }) => Promise<unknown>;
  const update =
    (sql: string): Change =>
    ({ bench, contact }) =>
      bench.rows(`update ${sql}`, [contact]);
  const noMail: Change = ({ bench, contact }) => bench.prefer(contact, 'invoice_issued', { inApp: true, email: false });
  it.each([
    ['the contact has turned the type off', noMail],
    ['the contact wants no mails', update('contacts set notify_by_email = false where id = ?')],
    ['the contact may not use the portal any more', update(`contacts set portal_access = 'revoked' where id = ?`)],
    ['it was read', update('notifications set read_at = now() where contact_id = ?')],
    ['it was archived', update('notifications set archived_at = now() where contact_id = ?')],
    ['the contact has no client any more', update('contacts set client_id = null where id = ?')],
    ['the firm sends no such mails', ({ bench }) => bench.say('invoice_issued', { email: false })],
    ['the firm tells clients nothing of it', ({ bench }) => bench.say('invoice_issued', { supportsPortal: false })],
  ] as [string, Change][])('none when %s', async (_why, change) => {
    const world = await told();
    await change(world);
    expect(await world.bench.send()).toBe(0);
    expect([await states(world.bench), await world.bench.mails(), await world.bench.waiting()]).toEqual([
      ['dropped'],
      [],
      [],
    ]);
  });

  it('one when the contact has turned the type on meanwhile', async () => {
    const { bench, contact } = await told('announcement');
    await bench.prefer(contact, 'announcement', { inApp: true, email: true });
    expect(await bench.send()).toBe(1);
  });

  it('one of what is critical, whatever the contact wants', async () => {
    const { bench, contact } = await told('contract_to_sign');
    await bench.prefer(contact, 'contract_to_sign', { inApp: false, email: false });
    await bench.rows('update contacts set notify_by_email = false where id = ?', [contact]);
    expect(await bench.send()).toBe(1);
  });

  it('one to a user, unless the firm sends staff no such mails', async () => {
    const bench = await NewsBench.on(test.database);
    const staff = { ...anInvoiceOf(bench.clientId), to: { userIds: [bench.userId] } };
    await bench.say('budget_approved', { email: false });
    await bench.raise({ ...staff, type: 'budget_approved' }, { ...staff, type: 'request_received' });
    bench.clock.advance(MINUTE);
    expect(await bench.send()).toBe(1);
    expect(await bench.told('type, mail')).toEqual([
      { type: 'budget_approved', mail: 'dropped' },
      { type: 'request_received', mail: 'mailed' },
    ]);
  });
});

describe('many bursts', () => {
  async function manyContacts(count: number): Promise<NewsBench> {
    const bench = await NewsBench.on(test.database);
    for (let made = 0; made < count; made += 50)
      await Promise.all(Array.from({ length: Math.min(50, count - made) }, () => bench.contact()));
    await bench.raise(anInvoiceOf(bench.clientId));
    bench.clock.advance(MINUTE);
    return bench;
  }

  it('are made mails 500 at a time, in as many statements as one', async () => {
    const statements = await SentStatements.of(test.database);
    const count = async (bench: NewsBench) => {
      await bench.send(); // after which it is known that the queue is there
      await bench.raise(anInvoiceOf(bench.clientId));
      bench.clock.advance(MINUTE);
      let mails = 0;
      const sent = await statements.during(async () => {
        mails = await bench.send();
      });
      return [mails, sent];
    };
    const [[one, few], [all, many]] = [await count(await manyContacts(1)), await count(await manyContacts(499))];
    expect([one, all, many]).toEqual([1, 499, few]);
    expect(few).toBeGreaterThan(0);
  }, 60_000);

  it('all become mails, also more than 500', async () => {
    const bench = await manyContacts(501);
    expect(await bench.send()).toBe(501);
    expect(await bench.mails()).toHaveLength(501);
    expect(new Set(await states(bench))).toEqual(new Set(['mailed']));
  }, 60_000);

  it('are left to the next server when this one stops', async () => {
    const bench = await manyContacts(501);
    let looks = 0;
    expect(await bench.send(() => looks++ > 0)).toBe(500);
    expect(await bench.waiting()).toHaveLength(1);
    expect(await bench.send()).toBe(1);
  }, 60_000);

  it('become each one mail when two servers look at once', async () => {
    const bench = await manyContacts(100);
    const made = await Promise.all([bench.send(), bench.send(), bench.send()]);
    expect(made.reduce((sum, count) => sum + count)).toBe(100);
    expect(await bench.mails()).toHaveLength(100);
  }, 30_000);

  it('wait on when it fails half way', async () => {
    const bench = await manyContacts(3);
    jest.spyOn(bench.bursts, 'settle').mockRejectedValueOnce(new Error('killed'));
    await expect(bench.send()).rejects.toThrow('killed');
    expect([await bench.mails(), (await bench.waiting()).length]).toEqual([[], 3]);
    expect(await bench.send()).toBe(3);
  });
});

describe('what such a mail tells', () => {
  it('is what its reader has not seen, in the order in which it happened, as it stands now', async () => {
    const bench = await NewsBench.on(test.database);
    const ann = await bench.contact();
    const names = ['a', 'b', 'c'];
    for (const number of names) {
      await bench.raise(anInvoiceOf(bench.clientId, { names: { number }, by: { userId: bench.userId } }));
      bench.clock.advance(1); // of the same instant there is no order
    }
    bench.clock.advance(MINUTE);
    await bench.send();
    const [mail] = await bench.mails();
    await bench.rows(`update notifications set read_at = now() where contact_id = ? and names ->> 'number' = 'b'`, [
      ann,
    ]);
    await bench.say('invoice_issued', {});
    await bench.rows(`update contacts set language = 'ja', time_zone = 'Asia/Tokyo' where id = ?`, [ann]);
    const notice = await noticeOf(bench, mail?.['id']);
    expect(notice).toMatchObject({
      kind: 'news',
      firmName: 'Firm',
      type: 'invoice_issued',
      label: 'Own',
      reader: { contactId: ann, userId: null, language: 'ja', timeZone: 'Asia/Tokyo', hasAccess: true },
      standing: { isContact: true, wantsMails: true, preferred: null, own: { defaultEmail: true }, unread: 2 },
      count: 2,
    });
    expect(notice?.news).toMatchObject([
      { type: 'invoice_issued', names: { number: 'a' }, actorName: 'User', clientName: 'Client' },
      { names: { number: 'c' } },
    ]);
    expect(notice?.news[0]?.at).toEqual(new Date(bench.clock.now().getTime() - (MINUTE + names.length) * 1000));
  });

  it('names 50 things and counts all', async () => {
    const bench = await NewsBench.on(test.database);
    await bench.contact();
    await bench.raise(...Array.from({ length: NAMED + 3 }, () => anInvoiceOf(bench.clientId)));
    bench.clock.advance(MINUTE);
    await bench.send();
    const notice = await noticeOf(bench, (await bench.mails())[0]?.['id']);
    expect([notice?.news.length, notice?.count]).toEqual([NAMED, NAMED + 3]);
  });

  it('is for staff in English, with their name', async () => {
    const bench = await NewsBench.on(test.database);
    await bench.raise({ ...anInvoiceOf(bench.clientId), type: 'request_received', to: { userIds: [bench.userId] } });
    bench.clock.advance(MINUTE);
    await bench.send();
    const notice = await noticeOf(bench, (await bench.mails())[0]?.['id']);
    expect(notice?.reader).toMatchObject({
      ...{ contactId: null, userId: bench.userId, language: 'en', timeZone: 'UTC', hasAccess: true },
      ...{ name: { first: 'User', last: '' }, address: expect.stringMatching(/@example\.test$/) },
    });
    expect(notice?.standing).toMatchObject({ isContact: false, wantsMails: true, unread: 1 });
  });

  it('is nothing of a client that the contact has left', async () => {
    const { bench, contact } = await told();
    await bench.send();
    const other: ClientId = await aClientRow(test.database, bench.firmId);
    await bench.rows('update contacts set client_id = ? where id = ?', [other, contact]);
    expect(await noticeOf(bench, (await bench.mails())[0]?.['id'])).toMatchObject({ news: [], count: 0 });
  });

  it('is nothing in another firm', async () => {
    const { bench } = await told();
    await bench.send();
    const { firmId } = await NewsBench.on(test.database);
    expect(await noticeOf(bench, (await bench.mails())[0]?.['id'], firmId)).toBeNull();
  });
});

it('a contact goes with everything that they were told', async () => {
  const { bench, contact } = await told();
  await bench.send();
  await bench.raise(anInvoiceOf(bench.clientId));
  await bench.prefer(contact, 'note_added', { inApp: true, email: false });
  await bench.rows('delete from contacts where id = ?', [contact]);
  expect([await bench.told(), await bench.mails(), await bench.waiting()]).toEqual([[], [], []]);
});
