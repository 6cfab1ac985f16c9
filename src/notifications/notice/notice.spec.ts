import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '@portico/domain/directory';
import type { FileId, UserId } from '@portico/domain/kernel';
import { aNewsNotice, aNotice } from '@portico/testing';
import { noticeHtml } from './notice-html.js';
import { type NoticeLinks, noticeParts } from './notice-parts.js';
import { noticeText } from './notice-text.js';
import { WORDINGS } from './wording.js';

const links: NoticeLinks = {
  all: 'https://portal.example/files',
  unsubscribe: 'https://files.example/unsubscribe/1.3.token',
  fileOf: (id) => `https://portal.example/files/${id}`,
};
const partsOf = (changes: Parameters<typeof aNotice>[0]) => noticeParts(aNotice(changes), links);
const files = (...names: string[]) => names.map((name, index) => ({ id: String(index + 1) as FileId, name }));

describe('what a mail says', () => {
  it.each([
    ['en', '1 new document from Example Firm', '2 new documents from Example Firm'],
    ['ja', '【Example Firm】新しい書類が1件公開されました', '【Example Firm】新しい書類が2件公開されました'],
    ['de', '1 neues Dokument von Example Firm', '2 neue Dokumente von Example Firm'],
    ['fr', 'Example Firm : 1 nouveau document', 'Example Firm : 2 nouveaux documents'],
    ['es', '1 documento nuevo de Example Firm', '2 documentos nuevos de Example Firm'],
  ] as const)('has its subject in %s with the right plural', (language, one, two) => {
    expect(partsOf({ reader: { language } }).subject).toBe(one);
    expect(partsOf({ reader: { language }, files: files('a', 'b'), count: 2 }).subject).toBe(two);
  });

  it.each([
    ['en', 'UTC', 'January 2, 2026 at 3:04 AM UTC'],
    ['en', 'America/New_York', 'January 1, 2026 at 10:04 PM EST'],
    ['ja', 'Asia/Tokyo', '2026年1月2日 12:04 JST'],
    ['de', 'Europe/Berlin', '2. Januar 2026 um 04:04 MEZ'],
    ['fr', 'Europe/Paris', '2 janvier 2026 à 04:04 UTC+1'],
    ['es', 'Europe/Madrid', '2 de enero de 2026 a las 4:04 CET'],
    ['en', 'Mars/Olympus', 'January 2, 2026 at 3:04 AM UTC'],
  ] as const)('tells the time in %s of %s', (language, timeZone, at) => {
    expect(partsOf({ reader: { language, timeZone } }).opening.replaceAll(/[\u202f\u00a0]/g, ' ')).toContain(at);
  });

  it('names a Japanese contact by the family name first', () => {
    const named = (firstName: string, lastName: string) =>
      partsOf({ reader: { language: 'ja', name: { first: firstName, last: lastName } } }).greeting;
    expect([named('花子', '山田'), named('Adam', 'Smith')]).toEqual(['山田 花子 様', 'Adam Smith 様']);
  });

  it.each(LANGUAGES)('leaves nothing to be filled in, in %s', (language) => {
    const parts = partsOf({ reader: { language }, count: 3 });
    for (const text of [noticeText(parts), noticeHtml(parts)]) {
      expect(text).not.toMatch(/#(?![0-9a-f]{6}\b)|undefined|null/);
      for (const expected of ['Example Firm', 'Adam', 'Smith', 'Statement.pdf', links.unsubscribe, links.fileOf('7')])
        expect(text).toContain(expected);
    }
    expect(noticeHtml(parts)).toContain(`<html lang="${language}">`);
    expect(WORDINGS[language].page.done('Example Firm')).toContain('Example Firm');
  });

  it('names the first files and counts the others', () => {
    const parts = partsOf({ files: files('a.pdf', 'b.pdf'), count: 1500 });
    expect(parts.more).toBe('and 1,498 more');
    expect(noticeText(parts)).toContain('- a.pdf\n  https://portal.example/files/1\n- b.pdf\n');
    expect(partsOf({}).more).toBeNull();
  });

  it('lets no name become markup, another line or another name', () => {
    const name = `<img src=x onerror="alert('1')">&\u202efdp.exe\u2028Bcc: x@y.z`;
    const parts = partsOf({
      firmName: '<b>$&</b>\r\nX',
      reader: { name: { first: '</p>', last: 'Smith' } },
      files: files(name),
    });
    const page = noticeHtml(parts);
    expect(page).not.toMatch(/<img|<b>|\u202e|\u2028/);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;fdp.exe Bcc: x@y.z');
    expect(parts.subject).toBe('1 new document from <b>$&</b> X');
    expect(noticeText(parts)).toContain(`- <img src=x onerror="alert('1')">&fdp.exe Bcc: x@y.z\n`);
  });
});

describe('what a mail of news says', () => {
  const newsOf = (changes: Parameters<typeof aNewsNotice>[0]) => noticeParts(aNewsNotice(changes), links);
  const three = (type: string) => {
    const [one] = aNewsNotice({ type }).news;
    return one ? [one, one, one] : [];
  };

  it('is the one thing in its subject, or how much of what', () => {
    expect(newsOf({}).subject).toBe('New invoice INV-1 (Example Firm)');
    expect(newsOf({ news: three('invoice_issued'), count: 1200 }).subject).toBe('New invoice: 1,200 (Example Firm)');
    const ofFirm = newsOf({ label: 'Bill', news: three('invoice_issued'), count: 3, reader: { language: 'de' } });
    expect(ofFirm.subject).toBe('Bill: 3 (Example Firm)');
  });

  it('lists what happened with the time where the reader is, and counts what is not listed', () => {
    const parts = newsOf({ count: 53, reader: { timeZone: 'Asia/Tokyo' } });
    const [item] = parts.items;
    expect(item).toMatchObject({ name: 'New invoice INV-1', url: null });
    expect(item?.detail?.replaceAll('\u202f', ' ')).toBe(
      'The invoice INV-1 was issued. (January 2, 2026 at 12:04 PM GMT+9)',
    );
    expect(parts.more).toBe('and 52 more');
    expect(noticeText(parts)).toContain('- New invoice INV-1\n  The invoice INV-1 was issued. (January 2');
  });

  it.each(LANGUAGES)('leaves nothing to be filled in, in %s', (language) => {
    const parts = newsOf({ reader: { language }, count: 3 });
    for (const text of [noticeText(parts), noticeHtml(parts)]) {
      expect(text).not.toMatch(/undefined|null|\{\w+\}/);
      for (const expected of ['Example Firm', 'Adam', 'INV-1', links.all, links.unsubscribe])
        expect(text).toContain(expected);
    }
  });

  it('has no link to end it when it is critical, and says why', () => {
    const parts = newsOf({ type: 'contract_to_sign' });
    expect(parts.unsubscribe).toBeNull();
    expect(parts.reason).toMatch(/can not be turned off/);
    expect(noticeHtml(parts) + noticeText(parts)).not.toContain('unsubscribe');
  });

  it('leads staff nowhere, who have no portal', () => {
    const reader = { contactId: null, userId: '9' as UserId, name: { first: 'Ann', last: '' } };
    const parts = newsOf({ type: 'request_received', reader });
    expect(parts).toMatchObject({ greeting: 'Dear Ann,', openAll: null, unsubscribe: null });
    expect(noticeHtml(parts) + noticeText(parts)).not.toMatch(/https?:/);
  });

  it('lets no name become markup', () => {
    const [one] = aNewsNotice().news;
    const parts = newsOf({
      news: one ? [{ ...one, names: { number: '<img src=x>\r\nBcc: x' }, actorName: '<b>' }] : [],
    });
    expect(noticeHtml(parts)).not.toMatch(/<img|<b>/);
    expect(parts.subject).not.toMatch(/[\r\n]/);
  });
});
