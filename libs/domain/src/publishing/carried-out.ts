import type { ContactId, DeliveryId } from '../kernel/index.js';
import type { PublishableFile } from './audience.js';
import type { PublishCall } from './publications.js';
import type { Decision } from './publishing-plan.js';

/** What a call has done. */
export interface CarriedOut {
  readonly call: PublishCall;
  readonly plans: readonly {
    readonly file: Pick<PublishableFile, 'id' | 'name' | 'sha256'>;
    readonly decisions: readonly Decision[];
  }[];
  readonly mails: ReadonlyMap<ContactId, DeliveryId>;
}
