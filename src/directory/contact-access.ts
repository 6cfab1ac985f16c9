import { ApiParam } from '@nestjs/swagger';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';

/** Contacts need the same permission for reading and for changing: what is known of them is personal. */
export const READ_CONTACTS = { scopes: ['USERS'], permissions: ['contacts_manage'] } as const;
export const CHANGE_CONTACTS = { scopes: ['USERS_WRITE'], permissions: ['contacts_manage'] } as const;

export const CONTACT_ID = new ResourceIdPipe('contact');

/** The `:id` of a contact in the path. */
export const ApiContactId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: 'The id of the contact', schema: { type: 'string', example: '20' } });
