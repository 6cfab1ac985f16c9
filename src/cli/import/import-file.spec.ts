import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { ContactRow } from '@portico/domain/directory';
import { CLIENTS } from './clients-import.js';
import { CONTACTS } from './contacts-import.js';
import { CsvFile } from './csv-file.js';
import type { Fault } from './fault.js';
import { ImportFile } from './import-file.js';
import type { Line, NamedRow } from './import-kind.js';

const signal = new AbortController().signal;
const csv = (content: string) => new CsvFile(Buffer.from(content));
const clients = (content: string) => ImportFile.check(csv(content), CLIENTS, signal);
const contacts = (content: string) => ImportFile.check(csv(content), CONTACTS, signal);
function linesOf<Row extends NamedRow>(file: ImportFile<object, Row>, besides: number[] = []): Promise<Line<Row>[]> {
  return Readable.from(file.lines(besides)).toArray();
}
const rows = async (content: string) =>
  (await linesOf(await clients(content))).map(({ row }) => JSON.parse(JSON.stringify(row)) as object);
const faults = async (content: string): Promise<readonly Fault[]> => (await clients(content)).faults;
const header = async (content: string): Promise<unknown> =>
  clients(content).then(
    () => null,
    (error: { faults: Fault[] }) => error.faults.map(({ line, column }) => [line, column]),
  );

describe('the first line of a file', () => {
  it('names fields of the API, each once, and externalId is one of them', async () => {
    expect(await header('externalId,name\n')).toBeNull();
    expect(await header(' name , externalId \n')).toBeNull();
    expect(await header('externalId,nmae,name,Name,name\n')).toEqual([
      [1, 'nmae'],
      [1, 'Name'],
      [1, 'name'],
    ]);
    expect(await header('\nname,,toString\n')).toEqual([
      [2, null],
      [2, 'toString'],
      [2, 'externalId'],
    ]);
    expect(await header('')).toEqual([[1, 'externalId']]);
  });

  it('has the names of contacts for contacts', async () => {
    expect((await contacts('externalId,firstName\n')).names).toEqual(['externalId', 'firstName']);
    await expect(contacts('externalId,name\n')).rejects.toMatchObject({ faults: [{ line: 1, column: 'name' }] });
  });
});

describe('a row of a file', () => {
  it('says nothing of a field with an empty cell, and empties one with null', async () => {
    expect(
      await rows('externalId,name,tier,parentClientExternalId,dashboardEnabled\na,A,,,\nb,B,null, null ,TRUE\n'),
    ).toEqual([
      { externalId: 'a', name: 'A' },
      { externalId: 'b', name: 'B', tier: null, parentExternalId: null, dashboardEnabled: true },
    ]);
  });

  it('has as many cells as there are columns', async () => {
    expect(await faults('externalId,name\na\nb,B\nc,C,\n')).toEqual([
      { line: 2, column: null, message: 'must have as many cells as there are columns: 2, not 1' },
      { line: 4, column: null, message: 'must have as many cells as there are columns: 2, not 3' },
    ]);
  });

  it('is told everything that is wrong with its shape, by column', async () => {
    const columns = 'externalId,name,status,dashboardEnabled,parentClientId,timeZone';
    expect(await faults(`${columns}\n,null,activ,ja,x,UTC\n`)).toEqual(
      [
        ['dashboardEnabled', 'must be true or false'],
        ['externalId', 'is missing'],
        ['name', 'can not be emptied'],
        ['parentClientId', 'the id must be a positive whole number of 64 bits'],
        ['status', 'must be one of the following values: prospect, active, dormant, alumni'],
      ].map(([column, message]) => ({ line: 2, column, message })),
    );
  });

  it('is told what the rules have against a value', async () => {
    expect(await faults('externalId,currency,timeZone\na,EUX,UTC\nb,EUR,Mars/Olympus\n')).toEqual([
      { line: 2, column: 'currency', message: 'must be the code of a currency, such as USD' },
      { line: 3, column: 'timeZone', message: expect.stringMatching(/^must be /) },
    ]);
  });

  it('may hold lists as JSON', async () => {
    const address = '"[{""email"":""ann@example.test"",""emailType"":""WORK""}]"';
    const file = await contacts(
      `externalId,emails\na,${address}\nb,[{\nc,"[{""email"":""x"",""emailType"":""WORK""}]"\n`,
    );
    expect(file.faults).toEqual([
      { line: 3, column: 'emails', message: 'must be a JSON array, as in the API' },
      { line: 4, column: 'emails', message: '0.email "x" is not an e-mail address' },
    ]);
    const [line] = await linesOf<ContactRow>(file, [3, 4]);
    expect(line?.row.emails).toEqual([{ email: 'ann@example.test', emailType: 'WORK' }]);
  });

  it('bears a name that no other bears: all lines that do are named', async () => {
    expect(await faults('externalId,name\na,1\nb,2\n a ,3\nc,4\na,5\n')).toEqual([
      { line: 2, column: 'externalId', message: 'stands in line 4 too' },
      { line: 4, column: 'externalId', message: 'stands in line 2 too' },
      { line: 6, column: 'externalId', message: 'stands in line 2 too' },
    ]);
  });

  it('can be left out', async () => {
    const file = await clients('externalId\na\nb\nc\n');
    expect((await linesOf(file, [3])).map(({ line, row }) => [line, row.externalId])).toEqual([
      [2, 'a'],
      [4, 'c'],
    ]);
    expect(file.rows).toBe(3);
  });
});

it('stops to read a file when it is interrupted', async () => {
  const reason = new Error('interrupted');
  const file = ImportFile.check(csv('externalId\na\n'), CLIENTS, AbortSignal.abort(reason));
  await expect(file).rejects.toBe(reason);
});
