import { publishingErrors } from './publishing.errors.js';

/** To whom files are published (seed 000, "Parameters"). */
export const PORTAL_PUBLISHING = ['publish', 'use_contact_preference', 'do_not_publish'] as const;
export type PortalPublishing = (typeof PORTAL_PUBLISHING)[number];

/** Who of them is told by mail. */
export const CONTACT_NOTIFICATION = ['notify', 'use_contact_preference', 'do_not_notify'] as const;
export type ContactNotification = (typeof CONTACT_NOTIFICATION)[number];

/** How many files one call publishes. */
export const MAX_FILES = 500;

/** What a call asks for. */
export interface PublishingScope {
  readonly portalPublishing: PortalPublishing;
  readonly contactNotification: ContactNotification;
}

/** @throws DomainError `notification_without_publishing`: nobody is told of what is published to nobody */
export function requireSomeoneToTell(scope: PublishingScope, overrides: readonly unknown[]): void {
  const publishesToNobody = scope.portalPublishing === 'do_not_publish' && overrides.length === 0;
  if (publishesToNobody && scope.contactNotification !== 'do_not_notify')
    throw publishingErrors.notificationWithoutPublishing();
}
