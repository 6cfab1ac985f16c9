import { DomainError } from '../../kernel/index.js';

/** The refusals about documents that companies send. */
export const documentErrors = {
  closed: () => new DomainError('conflict', 'documents_closed', 'Documents of this company are not taken at present'),
};
