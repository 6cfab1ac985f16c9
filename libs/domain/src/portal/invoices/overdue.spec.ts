import { describe, expect, it } from '@jest/globals';
import { isOverdue } from './overdue.js';

const invoice = { status: 'submitted', dueDate: '2026-03-31', amountDue: '0.01' };

describe('isOverdue', () => {
  it.each(['submitted', 'authorised'])('is what was due before today and is %s', (status) => {
    expect(isOverdue({ ...invoice, status }, '2026-04-01')).toBe(true);
  });

  it.each([
    ['due today', { dueDate: '2026-04-01' }],
    ['due later', { dueDate: '2026-04-02' }],
    ['due never', { dueDate: null }],
    ['paid', { status: 'paid' }],
    ['voided', { status: 'voided' }],
    ['a draft', { status: 'draft' }],
    ['settled', { amountDue: '0.00' }],
    ['paid twice', { amountDue: '-10.00' }],
  ])('is nothing that is %s', (_what, changes) => {
    expect(isOverdue({ ...invoice, ...changes }, '2026-04-01')).toBe(false);
  });
});
