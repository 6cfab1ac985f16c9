import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dataOf, expectRefusal, expectStatus, FilesApi } from '../../support/files-api.js';
import { filePart, metadataPart } from '../../support/multipart.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
});
afterAll(() => server.dispose());

/** The file name that a reader of RFC 8187 finds in `Content-Disposition`. */
const savedAs = (disposition: string): string =>
  decodeURIComponent(/; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(disposition)?.[1] ?? '');

const names = [
  ['plain', 'Sample File.txt'],
  ['Japanese', '決算報告書（最終版）.pdf'],
  ['Korean', '계약서 최종본.docx'],
  ['Chinese', '合同副本.xlsx'],
  ['Arabic', 'عقد الإيجار.pdf'],
  ['Hebrew', 'חוזה.pdf'],
  ['Cyrillic', 'Договор № 5.pdf'],
  ['Thai', 'สัญญา.pdf'],
  ['emoji', '🎉 party 👩‍👩‍👧 🇯🇵.png'],
  ['accents', 'Überweisung für Crédit Agricole – ñandú.pdf'],
  ['quotes', `He said "yes" and 'no'.txt`],
  ['percent signs', '100% of 50%25 %F0 %00.txt'],
  ['punctuation', 'a;b=c, (d) [e] {f} #g &h +i @j !k ~l $m ^n.txt'],
  ['many dots', '..a..b...txt'],
  ['spaces around', '  spaced  .txt'],
  ['an angle', '<script>alert(1)</script>.html'.replace('/', '⁄')],
] as const;

describe('File names', () => {
  it.each(names)('arrive and leave unharmed as the name of the part: %s', async (_script, name) => {
    const answer = await api.send([filePart(name)]);
    expectStatus(answer, 201);
    expect(dataOf(answer).attributes.name).toBe(name);
    const { headers } = await api.download(`/files/${dataOf(answer).id}/download`);
    expect(savedAs(headers['content-disposition'] ?? '')).toBe(name);
  });

  it.each(names)('arrive and leave unharmed in the metadata: %s', async (_script, name) => {
    const extension = /\.\w+$/.exec(name)?.[0] ?? '';
    const answer = await api.send([metadataPart({ name }), filePart(`a${extension}`)]);
    expectStatus(answer, 201);
    expect(dataOf(answer).attributes.name).toBe(name);
    expect(dataOf(await api.rename(dataOf(answer).id, `x${name}`)).attributes.name).toBe(`x${name}`);
  });

  it('are understood as a browser sends them', async () => {
    const form = new FormData();
    form.append('file', new Blob(['x']), '見積書 🎉.pdf');
    const answer = await fetch(`${server.url}/api/v1/files`, { method: 'POST', headers: server.headers, body: form });
    expect(await answer.json()).toMatchObject({ data: { attributes: { name: '見積書 🎉.pdf' } } });
  });

  it('are understood in filename* of the part (RFC 8187)', async () => {
    const boundary = 'extended';
    const disposition = `form-data; name="file"; filename="a.pdf"; filename*=UTF-8''%E6%B1%BA%E7%AE%97.pdf`;
    const body = `--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\nx\r\n--${boundary}--\r\n`;
    const answer = await api.post('/files').set('Content-Type', `multipart/form-data; boundary=${boundary}`).send(body);
    expectStatus(answer, 201);
    expect(dataOf(answer).attributes.name).toBe('決算.pdf');
  });

  it('are kept composed (NFC), however they arrive', async () => {
    const composed = 'Müller café Å が.txt'.normalize('NFC');
    const decomposed = composed.normalize('NFD');
    expect(decomposed).not.toBe(composed);
    const byPart = await api.send([filePart(decomposed)]);
    const byMetadata = await api.send([filePart('a.txt'), metadataPart({ name: decomposed })]);
    for (const answer of [byPart, byMetadata]) expect(dataOf(answer).attributes.name).toBe(composed);
    const { id } = await api.create('b.txt');
    expect(dataOf(await api.rename(id, decomposed)).attributes.name).toBe(composed);
  });

  it.each([
    ['letters', `${'a'.repeat(251)}.txt`],
    ['emoji, each one character', `${'🎉'.repeat(251)}.txt`],
    ['decomposed accents, each one character when composed', `${'e\u0301'.repeat(251)}.txt`],
  ])('may be 255 characters long: %s', async (_says, name) => {
    const answer = await api.send([filePart('a.txt'), metadataPart({ name })]);
    expectStatus(answer, 201);
    expect([...dataOf(answer).attributes.name]).toHaveLength(255);
  });

  const refused = [
    ['empty', ''],
    ['only white space', ' \u3000 '],
    ['256 letters', `${'a'.repeat(252)}.txt`],
    ['256 emoji', `${'🎉'.repeat(252)}.txt`],
    ['10,000 letters', `${'a'.repeat(10_000)}.txt`],
    ['a slash', 'a/b.txt'],
    ['a path', '../../etc/passwd.txt'],
    ['a backslash', 'a\\b.txt'],
    ['a Windows path', 'C:\\Users\\a.txt'],
    ['a NUL', 'a\0b.txt'],
    ['a line feed', 'a\nb.txt'],
    ['a carriage return', 'a\r\nX-Header: b.txt'],
    ['a tab', 'a\tb.txt'],
    ['DEL', 'a\x7fb.txt'],
    ['a C1 control', 'a\x85b.txt'],
    ['..', '..'],
    ['.', '.'],
    ['half of an emoji', 'a\ud83c.txt'],
  ] as const;

  it.each(refused)('are refused in the metadata when they are or hold: %s', async (_says, name) => {
    const original = name.endsWith('.txt') ? 'a.txt' : 'a';
    expectRefusal(await api.send([filePart(original), metadataPart({ name })]), 400, {
      code: 'invalid_name',
      source: { pointer: '/data/attributes/name' },
    });
  });

  it.each(refused)('are refused in a change when they are or hold: %s', async (_says, name) => {
    const { id, attributes } = await api.create(name.endsWith('.txt') ? 'a.txt' : 'a');
    expectRefusal(await api.rename(id, name), 400, {
      code: 'invalid_name',
      source: { pointer: '/data/attributes/name' },
    });
    expect(dataOf(await api.get(`/files/${id}`)).attributes).toEqual(attributes);
  });

  it.each([
    ['a slash', 'a/b.txt'],
    ['a path', '../../a.txt'],
    ['a backslash', 'a\\b.txt'],
    ['..', '..'],
    ['256 letters', `${'a'.repeat(252)}.txt`],
    ['a tab', 'a\tb.txt'],
  ])('are refused as the name of the part when they are or hold: %s', async (_says, name) => {
    for (const parts of [[filePart(name)], [filePart(name), metadataPart({ name: 'a.txt' })]])
      expectRefusal(await api.send(parts), 400, { source: { parameter: 'file' } });
  });

  it('of a part that are not UTF-8 are refused or read as Latin-1, never kept as question marks', async () => {
    const boundary = 'latin';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="M\xfcller.txt"\r\n\r\nx`;
    const body = Buffer.from(`${head}\r\n--${boundary}--\r\n`, 'latin1');
    const answer = await api.post('/files').set('Content-Type', `multipart/form-data; boundary=${boundary}`).send(body);
    if (answer.status === 201) expect(dataOf(answer).attributes.name).toBe('Müller.txt');
    else expectRefusal(answer, 400, { code: 'invalid_name' });
  });
});
