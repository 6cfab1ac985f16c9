import { describe, expect, it } from '@jest/globals';
import { emailAddress, InvalidField, lineOfText, optionalLine, textOfLines, writtenAddress } from './index.js';

const fieldOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof InvalidField) return error.field;
    throw error;
  }
};

describe('a line of text', () => {
  it.each([
    [' Ann ', 'Ann'],
    ['Ame\u0301lie', 'Am\u00e9lie'],
    ['𝒜𝒷𝒸𝒹𝑒', '𝒜𝒷𝒸𝒹𝑒'],
  ])('keeps %j as %j', (raw, kept) => expect(lineOfText('name', raw, 6)).toBe(kept));

  it.each(['', ' \t ', 'seven77', 'a\nb', 'a\u0000', '\ud800'])('refuses %j and names the field', (raw) =>
    expect(fieldOf(() => lineOfText('firstName', raw, 6))).toBe('firstName'),
  );

  it.each([null, '', '  '])('may be nothing: %j', (raw) => expect(optionalLine('title', raw, 10)).toBeNull());
});

describe('text of several lines', () => {
  it('keeps its lines and tabs', () =>
    expect(textOfLines('notes', ' a\r\n\tAme\u0301lie \n', 12)).toBe('a\r\n\tAm\u00e9lie'));
  it.each(['', ' \n\t', '12345678\n0123', 'a\u0000b', 'a\u0007', 'a\ud800'])('refuses %j and names the field', (raw) =>
    expect(fieldOf(() => textOfLines('notes', raw, 12))).toBe('notes'),
  );
});

describe('an e-mail address', () => {
  it('is kept in lower case', () => expect(emailAddress(' Ann@Example.Test ')).toBe('ann@example.test'));
  it('is shown as it was written', () => expect(writtenAddress(' Ann@Example.Test ')).toBe('Ann@Example.Test'));
  it.each(['', 'ann', 'ann@', '@b', 'a b@c', 'a@b@c', 'a@b\n', `${'a'.repeat(250)}@b.de`, '\ud800@b.de'])(
    'is not %j',
    (raw) => expect(fieldOf(() => emailAddress(raw, 'loginEmail'))).toBe(raw === 'a@b\n' ? null : 'loginEmail'),
  );
});
