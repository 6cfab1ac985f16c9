import { DomainError } from '@portico/domain/kernel';

/** The refusals of the resources of the Back Office. */
export const backOfficeErrors = {
  notFound: (what: string) => new DomainError('not_found', 'resource_not_found', `There is no ${what} with this id`),
  notAnObject: () => new DomainError('invalid', 'invalid_body', 'The body must be a JSON object'),
  notRows: (most: number) =>
    new DomainError('invalid', 'invalid_body', `The body must be a JSON array of 1 to ${most} rows`),
  externalIdTaken: () =>
    new DomainError('conflict', 'external_id_taken', 'externalId is the name of another one already', {
      pointer: '/externalId',
    }),
  alreadyExists: (what: string, fields: readonly string[]) =>
    new DomainError('conflict', 'already_exists', `${fields.at(-1)} is that of another ${what} already`, {
      pointer: `/${fields.at(-1)}`,
    }),
  unfitParent: (field: string) =>
    new DomainError(
      'invalid',
      'unknown_reference',
      `${field} names one that it can not stand under`,
      { pointer: `/${field}` },
      { kind: 'unknown_reference' },
    ),
  inUse: (what: string) =>
    new DomainError('conflict', 'in_use', `This ${what} can not go or change its client: others refer to it`),
};
