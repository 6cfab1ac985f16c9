import { describe, expect, it } from '@jest/globals';
import { answerOf } from './smtp-answer.js';

const errorWith = (fields: object) => Object.assign(new Error('from the library'), fields);

describe('the answer of a mail server', () => {
  it.each([
    ['550 to the recipient', { code: 'EENVELOPE', responseCode: 550, response: '550 no such user' }],
    ['553 to the sender', { code: 'EENVELOPE', responseCode: 553, response: '553 not yours' }],
    ['554 to the mail', { code: 'EMESSAGE', responseCode: 554, response: '554 spam' }],
  ])('%s is final, and kept in its words', (_what, fields) =>
    expect(answerOf(errorWith(fields))).toEqual({ kind: 'refused', answer: fields.response }),
  );

  it('an address that can not be written into a mail is refused without asking anyone', () =>
    expect(answerOf(errorWith({ code: 'EENVELOPE', command: 'API' }))).toEqual({
      kind: 'refused',
      answer: 'from the library',
    }));

  it.each([
    ['450 to the recipient', { code: 'EENVELOPE', responseCode: 450 }],
    ['421 to the mail', { code: 'EMESSAGE', responseCode: 421 }],
    ['530 to the sender: it wants a password', { code: 'EENVELOPE', responseCode: 530 }],
    ['535: the password is wrong', { code: 'EAUTH', responseCode: 535 }],
    ['no TLS', { code: 'ETLS' }],
    ['554 as greeting', { code: 'EPROTOCOL', responseCode: 554 }],
    ['no connection', { code: 'ESOCKET' }],
    ['silence', { code: 'ETIMEDOUT' }],
    ['a fault of ours', {}],
  ])('%s may pass', (_what, fields) => expect(answerOf(errorWith(fields)).kind).toBe('postponed'));
});
