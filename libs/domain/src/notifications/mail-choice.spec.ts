import { describe, expect, it } from '@jest/globals';
import { aStanding } from '@portico/testing';
import { reasonAgainstMail } from './mail-choice.js';

const said = (type: string, changes: object = {}) => ({
  ...{ type, supportsPortal: true, defaultInApp: true, defaultEmail: true },
  ...changes,
});

describe('whether somebody is told by mail', () => {
  it.each([
    ['has no access any more', 'invoice_issued', { hasAccess: false }, /no access/],
    ['has seen it', 'invoice_issued', { unread: 0 }, /was read/],
    ['wants no mails', 'invoice_issued', { wantsMails: false }, /wants no mails/],
    ['has turned the type off', 'invoice_issued', { preferred: false }, /not wanted/],
    ['has not turned on what is off', 'announcement', {}, /not wanted/],
    [
      'has a firm that sends no such mails',
      'invoice_issued',
      { own: said('invoice_issued', { defaultEmail: false }) },
      /not wanted/,
    ],
    [
      'has a firm that tells clients nothing of it',
      'invoice_issued',
      { own: said('invoice_issued', { supportsPortal: false }) },
      /tells clients nothing/,
    ],
    [
      'is told nothing of what is critical',
      'contract_to_sign',
      { own: said('contract_to_sign', { supportsPortal: false }) },
      /tells clients nothing/,
    ],
    ['has no access, whatever is critical', 'contract_to_sign', { hasAccess: false }, /no access/],
    ['has seen what is critical', 'contract_to_sign', { unread: 0 }, /was read/],
  ] as const)('not one who %s', (_who, type, changes, reason) => {
    expect(reasonAgainstMail(type, aStanding(changes))).toMatch(reason);
  });

  it.each([
    ['has chosen nothing', 'invoice_issued', {}],
    ['has turned the type on', 'announcement', { preferred: true }],
    [
      'has turned on what the firm has turned off',
      'invoice_issued',
      { preferred: true, own: said('invoice_issued', { defaultEmail: false }) },
    ],
    ['has a firm that has turned it on', 'announcement', { own: said('announcement') }],
    ['has muted what is critical', 'contract_to_sign', { preferred: false, wantsMails: false }],
    [
      'is staff, for whom the portal does not count',
      'request_received',
      { isContact: false, own: said('request_received', { supportsPortal: false }) },
    ],
  ] as const)('one who %s', (_who, type, changes) => {
    expect(reasonAgainstMail(type, aStanding(changes))).toBeNull();
  });
});
