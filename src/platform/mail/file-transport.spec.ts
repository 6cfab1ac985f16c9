import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { FileTransport } from './file-transport.js';
import type { OutgoingMail } from './mail-transport.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'portico-mail-'));
});
afterAll(() => rm(directory, { recursive: true }));

const aMail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: { name: 'Größe & Söhne', address: 'no-reply@example.test' },
  to: { name: 'Smith, "Adam" <x@y.z>', address: 'adam@example.test' },
  subject: 'Neu\r\nBcc: victim@example.test',
  text: 'Größe',
  html: '<p>Größe</p>',
  language: 'de',
  date: new Date('2026-02-03T04:05:06.789Z'),
  messageId: 'id@example.test',
  unsubscribeUrl: 'https://example.test/unsubscribe/1.2.token',
  id: '00000000-0000-7000-8000-00000000000a',
  ...changes,
});

describe('a mail that is kept as a file', () => {
  it('is a whole mail under a name that says when and which', async () => {
    const mail = path.join(directory, 'kept');
    const answer = await new FileTransport(mail).send(aMail());
    const name = '2026-02-03T04-05-06.789Z-00000000-0000-7000-8000-00000000000a.eml';
    expect(answer).toEqual({ kind: 'accepted', answer: `kept as ${name}` });
    expect(await readdir(mail)).toEqual([name]);
    expect((await stat(path.join(mail, name))).mode & 0o777).toBe(0o600);
    const bytes = await readFile(path.join(mail, name));
    expect(bytes.toString('latin1')).not.toMatch(/[^\r]\n/);
    const { headers, ...parsed } = await PostalMime.parse(bytes);
    expect(parsed).toMatchObject({
      from: { name: 'Größe & Söhne', address: 'no-reply@example.test' },
      to: [{ name: 'Smith, "Adam" <x@y.z>', address: 'adam@example.test' }],
      subject: 'Neu Bcc: victim@example.test',
      messageId: '<id@example.test>',
      text: 'Größe\n',
      html: '<p>Größe</p>\n',
    });
    expect(Object.fromEntries(headers.map(({ key, value }) => [key, value]))).toMatchObject({
      'list-unsubscribe': '<https://example.test/unsubscribe/1.2.token>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'auto-submitted': 'auto-generated',
      'content-language': 'de',
      date: 'Tue, 03 Feb 2026 04:05:06 +0000',
    });
    expect(headers.map(({ key }) => key)).not.toContain('bcc');
  });

  it('is tried again later when there is no place for it', async () => {
    const file = path.join(directory, 'in-the-way');
    await writeFile(file, '');
    expect(await new FileTransport(file).send(aMail())).toMatchObject({ kind: 'postponed' });
  });
});
