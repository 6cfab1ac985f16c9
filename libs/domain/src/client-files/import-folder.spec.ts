import { describe, expect, it } from '@jest/globals';
import { importPath } from './import-folder.js';

describe('A path in the import folder', () => {
  it.each([
    ['file.pdf', ['file.pdf']],
    ['2026/taxes/return.pdf', ['2026', 'taxes', 'return.pdf']],
    ['...', ['...']],
    ['%2e%2e/Größe 契約.pdf', ['%2e%2e', 'Größe 契約.pdf']],
    ['C:file.pdf', ['C:file.pdf']],
  ])('%j leads to %j', (path, names) => expect(importPath(path)).toEqual(names));

  it.each([
    '',
    '/',
    '/file.pdf',
    '..',
    'a/..',
    'a/../b',
    './a',
    'a/.',
    'a//b',
    'a/',
    '\\a',
    'a\\..\\b',
    'a\u0000',
    '\ud800',
  ])('%j is refused', (path) =>
    expect(() => importPath(path)).toThrow(expect.objectContaining({ code: 'invalid_import_path' })),
  );

  it('has an end', () => {
    expect(() => importPath('x'.repeat(4097))).toThrow('4096 characters');
  });
});
