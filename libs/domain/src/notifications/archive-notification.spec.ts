import { describe, expect, it } from '@jest/globals';
import { aPortalUser, FixedClock, InMemoryInbox, InMemoryUnitOfWork } from '@portico/testing';
import type { ContactId } from '../kernel/index.js';
import { ArchiveNotification } from './archive-notification.js';
import { inboxOf } from './inbox.js';

describe('ArchiveNotification', () => {
  it('keeps when it was put away first, and leaves it unread', async () => {
    const [inbox, clock] = [new InMemoryInbox(), new FixedClock()];
    const useCase = new ArchiveNotification(inbox, new InMemoryUnitOfWork([inbox]), clock);
    const user = aPortalUser();
    inbox.add(inboxOf(user), 'one');
    const first = clock.now();
    await useCase.execute(user, { id: 'one' });
    clock.advance(10);
    await useCase.execute(user, { id: 'one' });
    expect(inbox.rows).toMatchObject([{ archivedAt: first, readAt: null }]);
    const other = aPortalUser({ contactId: '21' as ContactId });
    await expect(useCase.execute(other, { id: 'one' })).rejects.toMatchObject({ code: 'notification_not_found' });
  });
});
