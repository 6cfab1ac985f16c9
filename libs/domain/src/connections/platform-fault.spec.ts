import { describe, expect, it } from '@jest/globals';
import { PlatformFault } from './platform-fault.js';

describe('What is told of a fault', () => {
  it('holds no secret, however deep it stands and however often it is repeated', () => {
    const credentials = {
      ...{ access_token: 'token-1234', client_secret: 'token-1234-and-more', account_id: '1234567890' },
      service_account: { private_key: 'a long private key', client_email: 'reader@example.test' },
    };
    const said =
      'token-1234-and-more, token-1234 of 1234567890: reader@example.test has a long private key (token-1234)';
    const fault = new PlatformFault('credentials', said);
    expect(fault.messageWithout(credentials)).toBe('…, … of 1234567890: reader@example.test has … (…)');
  });

  it('holds no part of a secret either', () => {
    const credentials = { access_token: 'a'.repeat(40), private_key: 'BEGIN\nAAAA\nEND' };
    for (const [said, told] of [
      [`${'x'.repeat(280)}${credentials.access_token}`, `${'x'.repeat(280)}…`],
      [`no ${credentials.private_key} here`, 'no … here'],
    ] as const)
      expect(new PlatformFault('refused', said).messageWithout(credentials)).toBe(told);
  });

  it('is a line that somebody reads', () => {
    const { message } = new PlatformFault('refused', ` two\n\u0000lines ${'x'.repeat(1000)}`);
    expect(message).toMatch(/^two lines x+…$/);
    expect(message).toHaveLength(300);
  });
});
