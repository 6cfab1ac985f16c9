import { beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, InvalidField, type Upserted } from '@portico/domain/kernel';
import type { Line } from './import-kind.js';
import { TakeOver, type TakeOverTools } from './take-over.js';

interface Row {
  readonly externalId: string;
  readonly after?: string;
}

const KIND = {
  names: { fields: { parentId: 'parentClientId' }, codes: { login_email_required: 'loginEmail' } },
  otherColumns: { parentClientId: 'parentClientExternalId' },
  turns: [() => true],
  passing: new Set<string>(),
};

/** The rows of each call, in order. */
let calls: string[][];
let taken: string[];
/** Rows that are refused, and how. */
let refuse: (row: Row, at: number, rows: readonly Row[]) => Error | null;

beforeEach(() => {
  calls = [];
  taken = [];
  refuse = () => null;
});

function upsert(rows: readonly Row[]): Promise<Upserted> {
  calls.push(rows.map(({ externalId }) => externalId));
  for (const [at, row] of rows.entries()) {
    const refusal = refuse(row, at, rows);
    if (refusal) return Promise.reject(refusal);
  }
  taken.push(...rows.map(({ externalId }) => externalId));
  return Promise.resolve({ created: rows.length, updated: 0, unchanged: 0 });
}

const lines = (rows: readonly (string | Row)[]): Line<Row>[] =>
  rows.map((row, at) => ({ line: at + 2, row: typeof row === 'string' ? { externalId: row } : row }));
const count = (rows: number) => Array.from({ length: rows }, (_one, at) => `r${at}`);

async function takeOver(rows: readonly (string | Row)[], tools: Partial<TakeOverTools<Row>> = {}) {
  const work = new TakeOver<Row>({
    kind: KIND,
    columns: ['externalId', 'parentClientExternalId', 'name', 'loginEmail'],
    upsert,
    savepoint: { run: (part) => part() },
    present: null,
    enough: Infinity,
    signal: new AbortController().signal,
    onTaken: () => undefined,
    ...tools,
  });
  const all = lines(rows);
  await work.all(async function* () {
    yield* all;
  });
  return work;
}

const named = (at: number, field = 'name') => new InvalidField(`${at}/${field}`, 'is wrong');

describe('taking over the rows of a file', () => {
  it('takes as many at once as one call of the API may bring', async () => {
    const told: number[] = [];
    const { tally } = await takeOver(count(2500), { onTaken: (rows) => told.push(rows) });
    expect(calls.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect([tally.created, told]).toEqual([2500, [1000, 1000, 500]]);
  });

  it('leaves out the row that a refusal names, and takes all others', async () => {
    refuse = ({ externalId }, at) => (externalId === 'r3' ? named(at) : null);
    const work = await takeOver(count(10));
    expect(work.faults()).toEqual([{ line: 5, column: 'name', message: 'is wrong' }]);
    expect(taken).toEqual(count(10).filter((name) => name !== 'r3'));
    expect(work.tally.created).toBe(9);
  });

  it('finds the row of a refusal that names none', async () => {
    refuse = ({ externalId }) =>
      externalId === 'r6' ? new DomainError('invalid', 'login_email_required', 'Contact 6 must keep it') : null;
    const work = await takeOver(count(10));
    expect(work.faults()).toEqual([{ line: 8, column: 'loginEmail', message: 'Contact 6 must keep it' }]);
    expect(taken).toHaveLength(9);
  });

  it('says in the order of lines what is refused, in the columns that the file has', async () => {
    refuse = ({ externalId }, at) =>
      externalId === 'r1' ? named(at, 'parentId') : externalId === 'r0' ? named(at, 'timeZone') : null;
    const work = await takeOver(['r5', 'r1', 'r7', 'r0'], {
      kind: { ...KIND, turns: [(row) => row.externalId === 'r0', () => true] },
    });
    expect(work.faults().map(({ line, column }) => [line, column])).toEqual([
      [3, 'parentClientExternalId'],
      [5, 'timeZone'],
    ]);
  });

  it('tries each of a thousand refused rows a few times only', async () => {
    refuse = (_row, at) => named(at);
    const work = await takeOver(count(1000));
    expect(work.faults()).toHaveLength(1000);
    expect(calls).toHaveLength(1000);
    expect(calls.flat().length).toBeLessThan(1000 * Math.log2(1000));
  });

  it('takes the rows of an earlier turn first, each once', async () => {
    const hasAfter = (row: Row) => row.after !== undefined;
    const turns = [(row: Row) => !hasAfter(row), () => true];
    await takeOver([{ externalId: 'child', after: 'parent' }, 'parent', 'other'], { kind: { ...KIND, turns } });
    expect(calls).toEqual([['parent', 'other'], ['child']]);
  });

  it('tries a row once more when others may have done away with the reason', async () => {
    const passing = new Set(['not_yet']);
    refuse = ({ after }) =>
      after !== undefined && !taken.includes(after) ? new DomainError('conflict', 'not_yet', 'not yet') : null;
    const rows = [{ externalId: 'first', after: 'second' }, 'second', { externalId: 'third', after: 'nobody' }];
    const work = await takeOver(rows, { kind: { ...KIND, passing } });
    expect(taken).toEqual(['second', 'first']);
    expect(work.faults()).toEqual([{ line: 4, column: null, message: 'not yet' }]);
  });

  it('stops when enough rows are refused', async () => {
    refuse = (_row, at) => named(at);
    const work = await takeOver(count(5000), { enough: 10 });
    expect([work.faults().length, work.hasEnough(), calls.length]).toEqual([10, true, 10]);
  });

  it('ends with any other error: it says nothing of the row', async () => {
    const failure = new DomainError('unavailable', 'database_unavailable', 'The database does not answer');
    for (const error of [new Error('broken'), failure]) {
      refuse = () => error;
      await expect(takeOver(count(3))).rejects.toBe(error);
    }
  });

  it('ends before the next part when it is interrupted', async () => {
    const controller = new AbortController();
    const interruption = takeOver(count(3000), {
      signal: controller.signal,
      onTaken: () => controller.abort(new Error('interrupted')),
    });
    await expect(interruption).rejects.toThrow('interrupted');
    expect(calls).toHaveLength(1);
  });
});

describe('what changes', () => {
  const before = new Map([
    ['r1', { name: 'Old', tier: 'a', id: 1 }],
    ['r2', { name: 'Same' }],
  ]);
  const after = new Map([
    ['r0', { name: 'New' }],
    ['r1', { name: 'New', tier: 'a', id: 2 }],
    ['r2', { name: 'Same' }],
  ]);
  const present = () => {
    const answers = [before, after];
    return { read: () => Promise.resolve(answers.shift() ?? (new Map<string, object>() as never)) };
  };

  it('is told field by field, for the columns of the file alone', async () => {
    const { tally } = await takeOver(['r0', 'r1', 'r2'], {
      present: present(),
      columns: ['externalId', 'name', 'tier'],
    });
    expect(tally.shown).toEqual([
      { line: 2, externalId: 'r0', isNew: true, fields: [] },
      { line: 3, externalId: 'r1', isNew: false, fields: [{ field: 'name', from: 'Old', to: 'New' }] },
    ]);
    expect([...tally.changedFields]).toEqual([['name', 1]]);
  });

  it('is told of a few rows, and counted of all; what was refused does not count', async () => {
    refuse = ({ externalId }, at) => (externalId === 'r7' ? named(at) : null);
    const states = (name: string) => new Map(count(100).map((one) => [one, { name }]));
    const answers = [states('Old'), states('New')];
    const read = () => Promise.resolve(answers.shift() ?? new Map());
    const { tally } = await takeOver(count(100), { present: { read } });
    expect([tally.shown.length, tally.changedFields.get('name')]).toEqual([20, 99]);
    expect(tally.shown.some(({ externalId }) => externalId === 'r7')).toBe(false);
  });
});
