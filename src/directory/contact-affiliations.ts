import {
  type ChangeAffiliations,
  contactErrors,
  type ContactListItem,
  type ContactQueries,
} from '@portico/domain/directory';
import type { Actor, ContactId, EntityId, GroupId } from '@portico/domain/kernel';
import type { LinkageBody } from '../platform/http/json-api.dto.js';
import { linkedIds } from '../platform/http/json-api.js';
import { located } from '../platform/http/located.js';

/** The refusals of a change of affiliations, whatever the kind. */
export const AFFILIATION_PROBLEMS = [
  ...['unknown_member', 'invalid_value', 'invalid_json', 'contact_not_changeable', 'contact_not_found'],
  ...['type_mismatch', 'body_too_large', 'unsupported_media_type'],
];

/** What the routes of both kinds of affiliations do. */
export class ContactAffiliationChanges {
  constructor(
    private readonly queries: ContactQueries,
    private readonly changeAffiliations: ChangeAffiliations,
  ) {}

  /** @throws DomainError `contact_not_found` */
  async contact(actor: Actor, id: ContactId): Promise<ContactListItem> {
    const contact = await this.queries.find(actor, id);
    if (!contact) throw contactErrors.notFound(id);
    return contact;
  }

  /** @throws DomainError with the place in `body` that is refused */
  async apply(
    actor: Actor,
    id: ContactId,
    how: 'add' | 'replace' | 'remove',
    type: 'entities' | 'groups',
    { data }: LinkageBody,
  ): Promise<void> {
    const affiliations =
      type === 'entities'
        ? { entityIds: linkedIds<EntityId>(data, type) }
        : { groupIds: linkedIds<GroupId>(data, type) };
    const linkages = [{ pointer: '/data', type, data }];
    await located(() => this.changeAffiliations.execute(actor, { id, how, affiliations }), { linkages });
  }
}
