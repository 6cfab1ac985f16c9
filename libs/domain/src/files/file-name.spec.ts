import { describe, expect, it } from '@jest/globals';
import { extensionOf, fileName, requireSameExtension } from './index.js';

const refusal = (code: string) => expect.objectContaining({ kind: 'invalid', code }) as unknown as Error;

describe('the name of a file', () => {
  it.each([
    'Sample.pdf',
    '見積書.pdf',
    '견적.pdf',
    'فاتورة.pdf',
    '📄.pdf',
    ' a.b ',
    '.profile',
    'ünï "quoted" 100%.txt',
  ])('keeps %s', (name) => expect(fileName(name)).toBe(name.normalize('NFC')));

  it('is kept in NFC', () => {
    expect(fileName('Gro\u0308ße.pdf')).toBe('Größe.pdf');
  });

  it('counts characters, not code units', () => {
    expect(fileName('📄'.repeat(255))).toHaveLength(510);
    expect(() => fileName('📄'.repeat(256))).toThrow(refusal('invalid_name'));
  });

  it.each([
    '',
    '   ',
    'a/b',
    'a\\b',
    'a\u0000b',
    'a\nb',
    'a\u007fb',
    'a\u0085b',
    '.',
    '..',
    'a'.repeat(256),
    '\ud800',
    'a\ufffdb',
  ])('refuses %j', (name) => expect(() => fileName(name)).toThrow(refusal('invalid_name')));
});

describe('the extension of a file', () => {
  it.each([
    ['Sample.PDF', 'pdf'],
    ['archive.tar.gz', 'gz'],
    ['README', ''],
    ['.profile', ''],
    ['ends.with.', ''],
  ])('of %s is "%s"', (name, extension) => expect(extensionOf(name)).toBe(extension));

  it('is compared without regard to case', () => {
    expect(() => requireSameExtension('a.PDF', 'b.pdf')).not.toThrow();
    expect(() => requireSameExtension('a.txt', 'b.pdf')).toThrow(refusal('extension_mismatch'));
    expect(() => requireSameExtension('a', 'b.pdf')).toThrow(refusal('extension_mismatch'));
  });
});
