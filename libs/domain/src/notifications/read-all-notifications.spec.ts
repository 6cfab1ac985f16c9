import { describe, expect, it } from '@jest/globals';
import { anActor, aPortalUser, FixedClock, InMemoryInbox, InMemoryUnitOfWork } from '@portico/testing';
import type { UserId } from '../kernel/index.js';
import { inboxOf } from './inbox.js';
import { ReadAllNotifications } from './read-all-notifications.js';

it('ReadAllNotifications marks what is not archived as read, of the one who says so', async () => {
  const [inbox, clock] = [new InMemoryInbox(), new FixedClock()];
  const useCase = new ReadAllNotifications(inbox, new InMemoryUnitOfWork([inbox]), clock);
  const [contact, user] = [aPortalUser(), anActor({ userId: '20' as UserId })];
  inbox.add(inboxOf(contact), 'archived');
  await inbox.archive(inboxOf(contact), 'archived', clock.now());
  inbox.add(inboxOf(contact), 'read');
  const first = clock.now();
  await useCase.execute(contact);
  clock.advance(10);
  inbox.add(inboxOf(contact), 'unread');
  inbox.add(inboxOf(user), "the user's");
  await useCase.execute(contact);
  expect(inbox.rows.map(({ id, readAt }) => [id, readAt])).toEqual([
    ['archived', null],
    ['read', first],
    ['unread', clock.now()],
    ["the user's", null],
  ]);
  await useCase.execute(user);
  expect(inbox.rows.at(-1)?.readAt).toEqual(clock.now());
});

describe('without notifications', () => {
  it('it does nothing', async () => {
    const inbox = new InMemoryInbox();
    await new ReadAllNotifications(inbox, new InMemoryUnitOfWork([inbox]), new FixedClock()).execute(anActor());
    expect(inbox.rows).toEqual([]);
  });
});
