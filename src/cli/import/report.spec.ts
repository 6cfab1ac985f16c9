import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './import.js';
import { rehearsalLines, resultOf } from './report.js';
import { Tally } from './tally.js';

function outcome(): Outcome {
  const tally = new Tally();
  tally.count({ created: 30, updated: 2, unchanged: 1 });
  tally.changedFields.set('name', 2).set('tier', 1);
  const change = { field: 'name', from: 'Old "one"', to: 'New' };
  tally.shown.push(
    { line: 2, externalId: 'a', isNew: true, fields: [] },
    { line: 3, externalId: 'b', isNew: false, fields: [change, { field: 'tier', from: null, to: 'x'.repeat(100) }] },
  );
  const faults = [
    { line: 4, column: 'name', message: 'must not be empty' },
    { line: 4, column: 'status', message: 'must be one' },
    { line: 9, column: null, message: 'has 1 cells' },
  ];
  return { tally, faults, isCutShort: false };
}

describe('the report of a rehearsal', () => {
  it('has the numbers, the first changes from what to what, and every fault', () => {
    expect(rehearsalLines('clients', outcome())).toEqual([
      'clients: 30 new, 2 changed, 1 unchanged, 2 refused',
      'changed fields: name (2), tier (1)',
      '  line 2, a: new',
      `  line 3, b: name "Old \\"one\\"" → "New"; tier null → "${'x'.repeat(59)}…`,
      '  … and 30 more',
      'refused:',
      '  line 4, name: must not be empty',
      '  line 4, status: must be one',
      '  line 9: has 1 cells',
    ]);
  });

  it('is one line when there is nothing to tell', () => {
    const nothing = { tally: new Tally(), faults: [], isCutShort: false };
    expect(rehearsalLines('contacts', nothing)).toEqual(['contacts: 0 new, 0 changed, 0 unchanged, 0 refused']);
  });

  it('says written where something was', () => {
    const { tally, ...rest } = outcome();
    const written = (told: Tally, stays: boolean) => resultOf({ tally: told, ...rest }, stays).written;
    expect([written(tally, true), written(tally, false), written(new Tally(), true)]).toEqual([true, false, false]);
  });
});
