import type { ProblemExample } from './problem-example.js';

/** What the routes about entities and groups refuse. */
export const DIRECTORY: Readonly<Record<string, ProblemExample>> = {
  entity_not_found: { status: 404, detail: 'There is no entity 10000' },
  group_not_found: { status: 404, detail: 'There is no group 100' },
  external_id_taken: {
    status: 409,
    detail: 'Another entity has the external id "crm-4711" already',
    source: { pointer: '/data/attributes/external_id' },
  },
  entity_in_use: {
    status: 409,
    detail: 'Entity 10000 can not be deleted: 3 files and folders are associated with it',
  },
  group_in_use: { status: 409, detail: 'Group 100 can not be deleted: 1 file or folder is associated with it' },
  affiliated_contact_not_changeable: {
    status: 403,
    detail: 'Contact 20 is affiliated with it, and with something that is not permitted to you; nothing was changed',
  },
  unknown_groups: {
    status: 400,
    detail: 'The firm has no groups with the ids 200',
    source: { pointer: '/data/0/id' },
  },
  unknown_entities: {
    status: 400,
    detail: 'The firm has no entities with the ids 10001, 10002',
    source: { pointer: '/data/1/id' },
  },
};
