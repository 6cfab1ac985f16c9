import type { EntitySchema } from '@mikro-orm/core';
import { StoredFileMapping } from './files/files.module.js';
import { UserMapping } from './identity/identity.module.js';

/** Every mapped class of the application. */
export const entities: EntitySchema[] = [StoredFileMapping, UserMapping];
