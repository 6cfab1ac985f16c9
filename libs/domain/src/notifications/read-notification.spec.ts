import { describe, expect, it } from '@jest/globals';
import { anActor, aPortalUser, FixedClock, InMemoryInbox, InMemoryUnitOfWork } from '@portico/testing';
import type { ClientId, ContactId, FirmId, UserId } from '../kernel/index.js';
import { inboxOf } from './inbox.js';
import { ReadNotification } from './read-notification.js';

function world() {
  const [inbox, clock] = [new InMemoryInbox(), new FixedClock()];
  return { inbox, clock, useCase: new ReadNotification(inbox, new InMemoryUnitOfWork([inbox]), clock) };
}

describe('ReadNotification', () => {
  it.each([
    ['a contact', aPortalUser()],
    ['a user', anActor()],
  ])('keeps when %s has read it first', async (_who, actor) => {
    const { inbox, clock, useCase } = world();
    inbox.add(inboxOf(actor), 'one');
    const first = clock.now();
    await useCase.execute(actor, { id: 'one' });
    clock.advance(10);
    await useCase.execute(actor, { id: 'one' });
    expect(inbox.rows).toMatchObject([{ readAt: first, archivedAt: null }]);
  });

  it.each([
    ['another contact', aPortalUser({ contactId: '21' as ContactId })],
    ['the contact as one of another company', aPortalUser({ companyId: '501' as ClientId })],
    ['a contact of another firm', aPortalUser({ firmId: '2' as FirmId })],
    ['a user with the same id', anActor({ userId: '20' as UserId })],
  ])('finds none for %s', async (_who, actor) => {
    const { inbox, useCase } = world();
    inbox.add(inboxOf(aPortalUser()), 'one');
    await expect(useCase.execute(actor, { id: 'one' })).rejects.toMatchObject({ code: 'notification_not_found' });
    expect(inbox.rows).toMatchObject([{ readAt: null }]);
  });
});
