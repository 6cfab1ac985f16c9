import { DomainError } from '../../kernel/index.js';

/** The refusals about projects in the portal. */
export const projectErrors = {
  /** Also of a project of a company that is not asked about. */
  notFound: (id: string) =>
    new DomainError('not_found', 'project_not_found', `There is no project ${id.slice(0, 100)}`),
};
