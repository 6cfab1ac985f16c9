import type { Actor, PortalActor } from '@portico/domain/kernel';
import type { Request } from 'express';
import type { BodyFingerprint } from '../idempotency/body-fingerprint.js';

/** A request as our own middleware and guard leave it. */
export interface ObservedRequest extends Request {
  /** Also in the log, in `X-Request-Id`, and the id of each error. */
  requestId: string;
  /** Of what arrives, where the request bears an `Idempotency-Key`. */
  fingerprint?: BodyFingerprint;
  /** Set by the access guard on every route for users. */
  actor?: Actor;
  /** Set by the access guard on every route of the portal. */
  portalActor?: PortalActor;
}
