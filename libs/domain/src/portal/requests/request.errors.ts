import { DomainError, InvalidField } from '../../kernel/index.js';
import { PRIORITIES } from './service-level.js';

/** The refusals about what clients ask for. */
export const requestErrors = {
  notFound: () => new DomainError('not_found', 'request_not_found', 'Your company has no request with this id'),
  projectNotFound: () =>
    new DomainError('not_found', 'project_not_found', 'projectId names no project of your company', {
      pointer: '/projectId',
    }),
  unknownPriority: () => {
    const among = PRIORITIES.join(', ');
    return new InvalidField('priority', `must be one of ${among}`, 'invalid_value', {
      kind: 'not_one_of',
      values: { among },
    });
  },
};
