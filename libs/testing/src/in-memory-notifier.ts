import type { FirmId } from '@portico/domain/kernel';
import { type NewNotification, Notifier } from '@portico/domain/notifications';

/** Keeps what was raised. */
export class InMemoryNotifier extends Notifier {
  readonly raised: (NewNotification & { readonly firmId: FirmId })[] = [];

  raise(firmId: FirmId, notifications: readonly NewNotification[]): Promise<void> {
    this.raised.push(...notifications.map((notification) => ({ ...notification, firmId })));
    return Promise.resolve();
  }
}
