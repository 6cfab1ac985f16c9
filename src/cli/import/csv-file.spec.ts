import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvFile, type CsvRecord } from './csv-file.js';

const recordsOf = (content: string | Buffer): Promise<CsvRecord[]> =>
  Readable.from(new CsvFile(Buffer.from(content)).records()).toArray();
const refusal = (line: number, message: string | RegExp) => ({
  name: 'UnreadableFile',
  faults: [{ line, column: null, message: expect.stringMatching(message) }],
});

describe('a CSV file', () => {
  it('has the lines of its rows: quoted line breaks count, and so do empty lines', async () => {
    expect(await recordsOf('a,b\n1,"x\ny"\n\n\n2,"q ""z"""\n , \n3,\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'x\ny'] },
      { line: 6, cells: ['2', 'q "z"'] },
      { line: 8, cells: ['3', ''] },
    ]);
  });

  it.each([
    ['a byte order mark', '\ufeffa,b\n1,2'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['line ends of several systems', 'a,b\r1,2\r\n'],
    ['empty lines before the first', '\ufeff\n\na;b\n1;2'],
  ])('may have %s', async (_what, content) => {
    const cells = (await recordsOf(content)).map((record) => record.cells);
    expect(cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keeps commas between semicolons, and semicolons between commas', async () => {
    expect((await recordsOf('a;b\n1,5;2'))[1]?.cells).toEqual(['1,5', '2']);
    expect((await recordsOf('a,b\n1;5,2'))[1]?.cells).toEqual(['1;5', '2']);
  });

  it('gives back what was written, whatever cells hold and wherever it is divided', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '€', '😀', '"', ',', ';', '\n', '\r\n', ' ', '\t') });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), fc.nat(70_000), async (written, end, filler) => {
        const all: [string, string][] = [['a', 'b'], ['x'.repeat(filler), '1'], ...written.map(kept)];
        const content = all
          .map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}${end}`)
          .join('');
        let line = 1;
        const expected = all.map((cells) => {
          const record = { line, cells };
          line += cells.join('').split('\n').length;
          return record;
        });
        expect(await recordsOf(content)).toEqual(expected);
      }),
    );
    function kept([first, second]: [string, string]): [string, string] {
      return [`.${first}`, second]; // a row without a word would be passed over
    }
  });

  it.each([
    ['a,b\n1,2\n3,"x\ny\n', 3, 'never closed'],
    ['a,b\n1,2\n"3\n3","x"y\n', 4, 'quote stands inside'],
    ['a,b\n\n1,x"y\n', 3, 'quote stands inside'],
  ])('says where a quote is wrong in %j', async (content, line, message) => {
    await expect(recordsOf(content)).rejects.toMatchObject(refusal(line, message));
  });

  it('must be UTF-8', async () => {
    const latin = Buffer.from('a,b\r\n1,2\r\nM\xfcller,3\r\n', 'latin1');
    await expect(recordsOf(latin)).rejects.toMatchObject(refusal(3, 'is not UTF-8'));
    await expect(recordsOf(Buffer.from('a,b\n1,2', 'utf16le').subarray(0, 9))).resolves.toEqual(expect.anything());
    await expect(recordsOf(Buffer.concat([Buffer.from([0xff, 0xfe])]))).rejects.toMatchObject(refusal(1, 'UTF-8'));
  });

  it('may be empty', async () => {
    expect(await recordsOf('')).toEqual([]);
    expect(await recordsOf('\ufeff')).toEqual([]);
  });

  it('is refused as a wrong call when it is not there, is no file, or is too large', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'portico-csv-'));
    try {
      const file = path.join(folder, 'large.csv');
      await writeFile(file, 'a');
      expect(await Readable.from((await CsvFile.read(file)).records()).toArray()).toEqual([{ line: 1, cells: ['a'] }]);
      await truncate(file, 256 * 1024 * 1024 + 1);
      for (const [name, message] of [
        [file, 'more than 256 MiB'],
        [folder, 'can not be read'],
        [path.join(folder, 'none.csv'), 'can not be read'],
      ] as const)
        await expect(CsvFile.read(name)).rejects.toMatchObject({
          ...{ kind: 'invalid', code: 'wrong_call', message: expect.stringContaining(message) },
        });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
