import { type ContactId, DomainError, type EntityId, type GroupId } from '../kernel/index.js';

const usedBy = (files: number | null): string => {
  if (files === null) return 'Something still refers to it';
  return files === 1 ? '1 file or folder is associated with it' : `${files} files and folders are associated with it`;
};

/** The refusals of the use cases about entities and groups. */
export const directoryErrors = {
  entityNotFound: (id: EntityId) => new DomainError('not_found', 'entity_not_found', `There is no entity ${id}`),
  groupNotFound: (id: GroupId) => new DomainError('not_found', 'group_not_found', `There is no group ${id}`),
  externalIdTaken: (externalId: string) =>
    new DomainError('conflict', 'external_id_taken', `Another entity has the external id "${externalId}" already`),
  /** `files`: how many files and folders, archived ones too, are associated; null when something else refers to it. */
  entityInUse: (id: EntityId, files: number | null) =>
    new DomainError('conflict', 'entity_in_use', `Entity ${id} can not be deleted: ${usedBy(files)}`),
  contactNotChangeable: (id: ContactId) =>
    new DomainError(
      'forbidden',
      'affiliated_contact_not_changeable',
      `Contact ${id} is affiliated with it, and with something that is not permitted to you; nothing was changed`,
    ),
  groupInUse: (id: GroupId, files: number | null) =>
    new DomainError('conflict', 'group_in_use', `Group ${id} can not be deleted: ${usedBy(files)}`),
};
