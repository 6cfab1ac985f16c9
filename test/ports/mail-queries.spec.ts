import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeliveryId, FileId } from '@portico/domain/kernel';
import { type FileNotice, NAMED } from '@portico/domain/notifications';
import { SqlNoticeQueries } from '../../src/notifications/sql-notice-queries.js';
import { SqlSubscriptionQueries } from '../../src/notifications/sql-subscription-queries.js';
import { MailBench } from '../mail/mail-bench.js';
import { aFolderRow } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const NOWHERE = 'smtp://127.0.0.1:1';
let test: TestDatabase;
let bench: MailBench;
let other: MailBench;
beforeAll(async () => {
  test = await testDatabase();
  bench = await MailBench.on(test.database, NOWHERE);
  other = await MailBench.on(test.database, NOWHERE);
  await bench.work();
  await bench.stop(); // which has made what jobs are kept in: nothing is sent here
}, 60_000);
afterAll(() => test.dispose());

async function noticeOf(callId: string, firmId = bench.firmId) {
  const [mail] = await bench.mailsOf(callId);
  const id = bench.idOf(mail ?? {});
  const queries = new SqlNoticeQueries(test.database);
  return (await bench.unitOfWork.run(() => queries.notice(firmId, { id, callId }))) as FileNotice | null;
}

describe('what a mail tells', () => {
  it('is the contact, the firm, the call and its files in their order', async () => {
    const at = new Date('2026-02-03T04:05:06.789Z');
    const contact = await bench.contact({
      address: 'a@b.c',
      language: 'ja',
      timeZone: 'Asia/Tokyo',
      firstName: '花子',
    });
    const files = [await bench.file('z.pdf'), await bench.file('a.pdf')];
    expect(await noticeOf(await bench.publish({ contacts: [contact], files, at }))).toEqual({
      kind: 'files',
      firmName: 'Firm',
      publishedAt: at,
      reader: {
        contactId: contact,
        userId: null,
        name: { first: '花子', last: 'Smith' },
        language: 'ja',
        timeZone: 'Asia/Tokyo',
        address: 'a@b.c',
        hasAccess: true,
      },
      files: [
        { id: files[0], name: 'z.pdf' },
        { id: files[1], name: 'a.pdf' },
      ],
      count: 2,
    });
  });

  it('names 50 files and counts all', async () => {
    const files: FileId[] = [];
    for (let count = 0; count < NAMED + 2; count++) files.push(await bench.file());
    const notice = await noticeOf(await bench.publish({ contacts: [await bench.contact()], files }));
    expect(notice?.files.map(({ id }) => id)).toEqual(files.slice(0, NAMED));
    expect(notice?.count).toBe(NAMED + 2);
  });

  it('leaves out what the contact can not see any more, or was not told of', async () => {
    const folder = await aFolderRow(test.database, { firmId: bench.firmId, createdBy: bench.userId });
    const names = ['seen', 'withdrawn', 'archived', 'not told'];
    const files: FileId[] = [];
    for (const name of names) files.push(await bench.file(name));
    files.push(await bench.file('in a folder that is archived', folder));
    const callId = await bench.publish({ contacts: [await bench.contact()], files });
    await bench.rows('update publications set withdrawn_at = now() where file_id = ?', [files[1]]);
    await bench.rows('update files set deleted_at = now() where id = ?', [files[2]]);
    await bench.rows(`update publish_results set told_contact_ids = '{}' where file_id = ?`, [files[3]]);
    await bench.rows('update files set deleted_at = now(), archived_with = id where id = ?', [folder]);
    expect(await noticeOf(callId)).toMatchObject({ files: [{ name: 'seen' }], count: 1 });
  });

  it.each(['revoked', 'none'])('knows that a contact has no access: %s', async (access) => {
    const contact = await bench.contact();
    const callId = await bench.publish({ contacts: [contact], files: [await bench.file()] });
    await bench.rows('update contacts set portal_access = ?, login_email = null where id = ?', [access, contact]);
    expect((await noticeOf(callId))?.reader).toMatchObject({ hasAccess: false, address: null });
  });

  it('is nothing in another firm', async () => {
    const callId = await bench.publish({ contacts: [await bench.contact()], files: [await bench.file()] });
    expect(await noticeOf(callId, other.firmId)).toBeNull();
    const queries = new SqlNoticeQueries(test.database);
    for (const unknown of [callId, null]) {
      const mail = { id: randomUUID() as DeliveryId, callId: unknown };
      expect(await bench.unitOfWork.run(() => queries.notice(bench.firmId, mail))).toBeNull();
    }
  });
});

describe('the list of mails', () => {
  it('shows the newest first, in these states, of a firm or of all', async () => {
    const listed = async (of: MailBench) => {
      const callId = await of.publish({ contacts: [await of.contact({ address: null, access: 'none' })], files: [] });
      return of.idOf(await of.mailOf(callId));
    };
    const [first, second, foreign] = [await listed(bench), await listed(bench), await listed(other)];
    const list = async (firmId: typeof bench.firmId | null, limit = 100) => {
      const items = await bench.queries.list({ firmId, states: ['refused'], limit });
      return items.map(({ id }) => id);
    };
    expect(await list(bench.firmId)).toEqual([second, first]);
    expect(await list(null)).toEqual([foreign, second, first]);
    expect(await list(null, 1)).toEqual([foreign]);
    const [item] = await bench.queries.list({ firmId: bench.firmId, states: ['refused', 'failed'], limit: 1 });
    expect(item).toMatchObject({
      firmId: bench.firmId,
      contactName: 'Adam Smith',
      address: null,
      attempts: 0,
      answer: 'the contact has no address',
      nextAttemptAt: null,
      settledAt: expect.any(Date),
    });
  });

  it('counts what is queued', async () => {
    const before = await bench.queries.countQueued();
    await bench.publish({ contacts: [await bench.contact()], files: [await bench.file()] });
    expect(await bench.queries.countQueued()).toBe(before + 1);
  });
});

it('a subscription is of one firm', async () => {
  const queries = new SqlSubscriptionQueries(test.database);
  const contact = await bench.contact({ language: 'fr' });
  expect(await queries.find(bench.firmId, contact)).toEqual({ firmName: 'Firm', language: 'fr', isOn: true });
  expect(await queries.find(other.firmId, contact)).toBeNull();
});
