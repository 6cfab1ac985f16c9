import type { Author, PortalActor } from '../kernel/index.js';

/** How the history names whoever acts in the portal. */
export function portalAuthor({ firmId, contactId, credential, origin }: PortalActor): Author {
  return { firmId, userId: null, contactId, credential, origin };
}
