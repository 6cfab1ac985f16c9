import { describe, expect, it } from '@jest/globals';
import { anActor } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { canChangeContact, canReadContact } from './index.js';

const restricted = anActor({ userId: '12' as UserId, allDataAccess: false, permissions: ['contacts_manage'] });
const reach = (createdBy: string, affiliations: number, permitted: number) => ({
  createdBy: createdBy as UserId,
  affiliations,
  permitted,
});

describe('A restricted user and a contact', () => {
  it.each([
    ['their own without affiliations', reach('12', 0, 0), true, true],
    ['somebody’s without affiliations', reach('11', 0, 0), false, false],
    ['one of two affiliations', reach('11', 2, 1), true, false],
    ['all affiliations', reach('11', 2, 2), true, true],
    ['their own, with none of its affiliations', reach('12', 2, 0), false, false],
  ])('%s', (_what, at, reads, changes) => {
    expect([canReadContact(restricted, at), canChangeContact(restricted, at)]).toEqual([reads, changes]);
    expect([canReadContact(anActor(), at), canChangeContact(anActor(), at)]).toEqual([true, true]);
  });
});
