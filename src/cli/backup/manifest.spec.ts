import { describe, expect, it } from '@jest/globals';
import { FORMAT, type Manifest, manifestOf } from './manifest.js';

const FILE = { bytes: 10, sha256: 'a'.repeat(64) };
const MANIFEST: Manifest = {
  format: FORMAT,
  portico: '9.9.9',
  takenAt: '2026-03-10T11:22:33Z',
  migration: 'm0002-tree',
  postgres: '18.4',
  key: { fingerprint: 'b'.repeat(32), isIncluded: true },
  tables: [{ name: 'files', columns: ['id', 'name'], rows: 3, ...FILE }],
  counters: [{ table: 'files', column: 'id', last: '3', isUsed: true }],
  leftOut: {},
  blobs: { count: 2, bytes: 20, list: FILE, faults: [] },
};
const KNOWN = ['m0001-vault', 'm0002-tree'];
const read = (changes: object = {}) => manifestOf(JSON.stringify({ ...MANIFEST, ...changes }), KNOWN);

describe('The manifest of a snapshot', () => {
  it('is what it was', () => {
    expect(read()).toEqual(MANIFEST);
    expect(read({ migration: 'm0001-vault' }).migration).toBe('m0001-vault');
  });

  it.each([
    ['a later format', { format: FORMAT + 1 }, `the format ${FORMAT + 1}`],
    ['a migration that this version does not know', { migration: 'm9999-later' }, 'the migration m9999-later'],
  ])('of %s names the version that is needed', (_case, changes, what) => {
    expect(() => read(changes)).toThrow(`it was made by a later version (9.9.9): this one does not know ${what}`);
  });

  it.each<[string, object]>([
    ['no format', { format: undefined }],
    ['no tables', { tables: [] }],
    ['a table whose name leads elsewhere', { tables: [{ ...MANIFEST.tables[0], name: '../../etc/passwd' }] }],
    ['a table whose name is SQL', { tables: [{ ...MANIFEST.tables[0], name: 'files"; drop table firms; --' }] }],
    ['a table without a hash', { tables: [{ ...MANIFEST.tables[0], sha256: '' }] }],
    ['a table that counts wrongly', { tables: [{ ...MANIFEST.tables[0], rows: -1 }] }],
    ['a counter that is no number', { counters: [{ ...MANIFEST.counters[0], last: 'x' }] }],
    ['no key', { key: undefined }],
    ['no blobs', { blobs: undefined }],
    ['a list of blobs without a hash', { blobs: { ...MANIFEST.blobs, list: { bytes: 1 } } }],
  ])('with %s is damaged', (_case, changes) => {
    expect(() => read(changes)).toThrow('its manifest is damaged');
  });

  it.each(['', '{"format": 1', '[]', 'null', '7'])('that reads %j is damaged', (text) => {
    expect(() => manifestOf(text, KNOWN)).toThrow('its manifest is damaged');
  });
});
