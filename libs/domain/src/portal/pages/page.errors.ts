import { DomainError } from '../../kernel/index.js';

/** What is refused of pages in the portal. */
export const portalPageErrors = {
  notFound: () => new DomainError('not_found', 'page_not_found', 'There is no page with this id'),
};
