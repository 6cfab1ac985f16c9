import { describe, expect, it } from '@jest/globals';
import { anActor } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { canChange, canRead } from './index.js';

const me = '11' as UserId;
const somebody = '12' as UserId;

describe('the data access of a user without all data', () => {
  const actor = anActor({ allDataAccess: false, permissions: ['files_edit'] });

  it.each([
    ['no association, created by them', me, 0, 0, true, true],
    ['no association, created by somebody else', somebody, 0, 0, false, false],
    ['every association permitted', somebody, 2, 2, true, true],
    ['one of two permitted', somebody, 2, 1, true, false],
    ['none permitted', somebody, 2, 0, false, false],
    ['none permitted, created by them', me, 1, 0, false, false],
  ])('%s', (_case, createdBy, associations, permitted, reads, changes) => {
    const reach = { createdBy, associations, permitted };
    expect([canRead(actor, reach), canChange(actor, reach)]).toEqual([reads, changes]);
  });

  it('does not matter to a user with all data', () => {
    const reach = { createdBy: somebody, associations: 2, permitted: 0 };
    expect([canRead(anActor(), reach), canChange(anActor(), reach)]).toEqual([true, true]);
  });
});
