import { describe, expect, it } from '@jest/globals';
import type { ContactId, FirmId } from '@portico/domain/kernel';
import { SecretKey } from '../platform/config/secret-key.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.js';

const tokens = new UnsubscribeTokens(new SecretKey(Buffer.alloc(32, 7)));
const addressee = { firmId: '1' as FirmId, contactId: '42' as ContactId };

describe('the token of a link that ends mails', () => {
  it('names whom it is for, and stands in an address as it is', () => {
    const token = tokens.of(addressee);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(tokens.read(token)).toEqual(addressee);
  });

  it('is good for nobody else', () => {
    const [, , signature] = tokens.of(addressee).split('.');
    const others = new UnsubscribeTokens(new SecretKey(Buffer.alloc(32, 8)));
    for (const token of [`1.43.${signature}`, `2.42.${signature}`, `14.2.${signature}`, others.of(addressee)])
      expect(tokens.read(token)).toBeNull();
  });

  it.each([
    '',
    '1',
    '1.42',
    '1.42.',
    '1.42.x',
    'a.b.c',
    `${tokens.of(addressee)}.1`,
    tokens.of(addressee).slice(0, -1),
  ])('"%s" is none', (token) => expect(tokens.read(token)).toBeNull());
});
