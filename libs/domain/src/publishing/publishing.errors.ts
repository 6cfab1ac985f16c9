import { DomainError, type FileId } from '../kernel/index.js';

/** How many ids a message names. */
const NAMED = 20;

function named(ids: readonly string[]): string {
  return ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '');
}

/** The refusals of publishing. */
export const publishingErrors = {
  notificationWithoutPublishing: () =>
    new DomainError(
      'invalid',
      'notification_without_publishing',
      'With do_not_publish and no override contacts nobody can be told: contact_notification must be do_not_notify',
    ),
  filesNotPublishable: (ids: readonly FileId[]) =>
    new DomainError(
      'forbidden',
      'files_not_publishable',
      `These files are unknown, or you may not change them: ${named(ids)}. Nothing was published or withdrawn`,
    ),
  foldersNotPublishable: (ids: readonly FileId[]) =>
    new DomainError('invalid', 'folders_not_publishable', `These are folders: ${named(ids)}`),
  unknownContacts: (ids: readonly string[]) =>
    new DomainError('invalid', 'unknown_contacts', `The firm has no contacts with the ids ${named(ids)}`),
  resultNotFound: (id: FileId) =>
    new DomainError('not_found', 'publish_result_not_found', `File ${id} was never part of a call that publishes`),
  callNotFound: () =>
    new DomainError('not_found', 'publish_call_not_found', 'There is no such call, or nothing after this cursor'),
};
