import type { PortalActor, PortalRule, PortalWorker } from '@portico/domain/kernel';
import type { EnterPortal } from '@portico/domain/portal';
import { type PortalCall, PortalDoor } from '../../platform/access/portal-door.js';
import { claimIn } from './portal-claim.js';

/** For whom the portal worker calls stands in the headers of each call. */
export class HeaderPortalDoor extends PortalDoor {
  constructor(private readonly enterPortal: EnterPortal) {
    super();
  }

  async enter(worker: PortalWorker, { headers, origin }: PortalCall, rule: PortalRule): Promise<PortalActor> {
    return this.enterPortal.execute(worker, claimIn(headers, rule), rule, origin);
  }
}
