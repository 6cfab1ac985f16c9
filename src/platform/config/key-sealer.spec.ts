import { describe, expect, it } from '@jest/globals';
import { KeySealer } from './key-sealer.js';
import { SecretKey } from './secret-key.js';

const sealer = new KeySealer(new SecretKey(Buffer.alloc(32, 7)));
const seal = () => sealer.seal('the ssn of contact 1', '123456789 ∎');

describe('What is sealed', () => {
  it('opens in its context, and is never the same twice', () => {
    expect(sealer.open('the ssn of contact 1', seal())).toBe('123456789 ∎');
    expect(Buffer.from(seal()).equals(seal())).toBe(false);
    expect(Buffer.from(seal()).toString('latin1')).not.toContain('12345');
  });

  it('opens neither in another context, nor with another key, nor damaged', () => {
    expect(() => sealer.open('the ssn of contact 2', seal())).toThrow('SECRET_KEY');
    const other = new KeySealer(new SecretKey(Buffer.alloc(32, 8)));
    expect(() => other.open('the ssn of contact 1', seal())).toThrow('SECRET_KEY');
    for (const at of [1, 15, -1]) {
      const bytes = Buffer.from(seal());
      const index = at < 0 ? bytes.length + at : at;
      bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      expect(() => sealer.open('the ssn of contact 1', bytes)).toThrow('SECRET_KEY');
    }
  });

  it('says so when it was sealed by a later version', () => {
    expect(() => sealer.open('x', Buffer.from([2, 3]))).toThrow('version 2');
  });
});
