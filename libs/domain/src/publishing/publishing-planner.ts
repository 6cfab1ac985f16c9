import type { Actor, ContactId } from '../kernel/index.js';
import type { Publications } from './publications.js';
import { publishableFiles } from './publishable-files.js';
import { publishingErrors } from './publishing.errors.js';
import { type FilePlan, planOf } from './publishing-plan.js';
import type { PublishFilesInput } from './publishing-input.js';

/** Gathers what the decisions on a call rest on, and takes them. */
export class PublishingPlanner {
  constructor(private readonly publications: Publications) {}

  /**
   * What a call would do with each file, in the order of the call, and where the mails of its contacts go.
   * @throws DomainError `files_not_publishable`, `folders_not_publishable`, `unknown_contacts`
   */
  async plan(
    actor: Actor,
    input: PublishFilesInput,
  ): Promise<{ plans: FilePlan[]; addresses: ReadonlyMap<ContactId, string | null> }> {
    const { fileIds, overrideContactIds: contactIds } = input;
    const files = await publishableFiles(this.publications, actor, fileIds);
    const unknown = contactIds.length === 0 ? [] : await this.publications.unknownContacts(actor, contactIds);
    if (unknown.length > 0) throw publishingErrors.unknownContacts(unknown);
    const entityIds = [...new Set(files.flatMap((file) => file.entityIds))];
    const groupIds = [...new Set(files.flatMap((file) => file.groupIds))];
    const affiliated = await this.publications.affiliated(actor.firmId, { entityIds, groupIds, contactIds });
    const standing = await this.publications.standing(actor.firmId, fileIds);
    const plans = planOf({ files, affiliated, overrides: new Set(contactIds), scope: input, standing });
    return { plans, addresses: new Map([...affiliated.members].map(([id, { address }]) => [id, address])) };
  }
}
