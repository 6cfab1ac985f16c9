import type { EntitySchema } from '@mikro-orm/core';
import { TreeFolderMapping } from './client-files/client-files.module.js';
import { ConnectionMapping } from './connections/credentials.module.js';
import { ClientMapping } from './directory/clients.module.js';
import { ContactMapping } from './directory/contacts.module.js';
import { EntityMapping, GroupMapping } from './directory/directory.module.js';
import { StoredFileMapping } from './files/files.module.js';
import { UserMapping } from './identity/identity.module.js';
import { DeliveryMapping } from './notifications/deliveries.module.js';

/** Every mapped class of the application. */
export const entities: EntitySchema[] = [
  ClientMapping,
  ConnectionMapping,
  ContactMapping,
  DeliveryMapping,
  EntityMapping,
  GroupMapping,
  StoredFileMapping,
  TreeFolderMapping,
  UserMapping,
];
