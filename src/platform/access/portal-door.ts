import type { IncomingHttpHeaders } from 'node:http';
import type { Origin, PortalActor, PortalRule, PortalWorker } from '@portico/domain/kernel';

/** A call of the portal worker: what its headers say of the client for whom it calls. */
export interface PortalCall {
  readonly headers: IncomingHttpHeaders;
  readonly origin: Origin;
}

/** Finds out for whom the portal worker calls, and whether they may use a route. */
export abstract class PortalDoor {
  /** @throws DomainError `invalid` for a header that is missing or malformed, `forbidden` for what it names */
  abstract enter(worker: PortalWorker, call: PortalCall, rule: PortalRule): Promise<PortalActor>;
}
