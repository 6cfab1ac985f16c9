import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TABLE = readFileSync(path.join(ROOT, 'docs/operations/security.md'), 'utf8');

/** The risks of the API Security Top 10, and the requirements of ASVS 5.0 that concern files and their neighbours. */
const REQUIRED = [
  ...Array.from({ length: 10 }, (_, at) => `API${at + 1}`),
  ...[
    '5.1.1',
    '5.2.1',
    '5.2.2',
    '5.2.3',
    '5.2.4',
    '5.2.5',
    '5.2.6',
    '5.3.1',
    '5.3.2',
    '5.3.3',
    '5.4.1',
    '5.4.2',
    '5.4.3',
  ],
  ...['4.1.3', '8.3.3', '15.3.4', '8.3.2', '8.4.1', '2.3.3', '2.3.4', '15.4.2', '2.3.5', '14.2.1', '14.2.8'],
  ...['16.2.2', '16.3.2', '16.4.2', '16.5.2', '16.5.3'],
];

interface Row {
  readonly requirements: readonly string[];
  readonly where: string;
}

/** The rows of the tables of checks. */
const rowsOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => /^\| (?:API\d+|\d+\.\d+\.\d+)/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, requirements = '', , where = '']) => ({ requirements: requirements.split(/, */), where }));

const REFERENCE = /`([\w./-]+\.spec\.ts)` “([^”]+)”/g;
const EXCUSE = /(?:Does not apply|Not done)[^.]*[:;]? .{20,}/;

/** What is wrong with the references of a row. */
function faultsOf({ requirements, where }: Row): string[] {
  const references = [...where.matchAll(REFERENCE)];
  const wrong = references.flatMap(([, file = '', title = '']) => {
    const at = path.join(ROOT, file);
    if (!existsSync(at)) return [`${file} is not there`];
    return readFileSync(at, 'utf8').includes(title) ? [] : [`${file} has no “${title}”`];
  });
  const isProven = references.length > 0 || EXCUSE.test(where);
  return [...wrong, ...(isProven ? [] : [`${requirements.join(', ')} is neither proven nor explained`])];
}

describe('The table of security checks', () => {
  const rows = rowsOf(TABLE);

  it('names for each requirement a test that is there, or says why there is none', () => {
    expect(rows.flatMap(faultsOf)).toEqual([]);
  });

  it('leaves no requirement out', () => {
    const named = new Set(rows.flatMap(({ requirements }) => requirements));
    expect(REQUIRED.filter((requirement) => !named.has(requirement))).toEqual([]);
  });

  it('would be seen to name what is not there', () => {
    const absent = ['a title', 'of nothing'].join(' ');
    const [row] = rowsOf(`| 5.1.1 | x | \`test/security/table.spec.ts\` “${absent}” |`);
    const [gone] = rowsOf('| 5.1.1 | x | `test/security/gone.spec.ts` “x” |');
    const [empty] = rowsOf('| 5.1.1 | x | y |');
    expect(faultsOf(row as Row)).toHaveLength(1);
    expect(faultsOf(gone as Row)).toHaveLength(1);
    expect(faultsOf(empty as Row)).toHaveLength(1);
  });
});
