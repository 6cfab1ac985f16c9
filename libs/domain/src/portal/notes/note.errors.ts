import { DomainError } from '../../kernel/index.js';
import type { NotedResource } from './note-board.js';

/** What is refused of notes in the portal. */
export const portalNoteErrors = {
  notFound: () => new DomainError('not_found', 'note_not_found', 'There is no note with this id'),
  resourceNotFound: (type: NotedResource) =>
    new DomainError('not_found', `${type}_not_found`, `There is no ${type} with the id in resourceId`, {
      pointer: '/resourceId',
    }),
  parentNotFound: () =>
    new DomainError('not_found', 'note_not_found', 'There is no note on this resource with the id in parentId', {
      pointer: '/parentId',
    }),
};
