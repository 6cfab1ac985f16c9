import { ResourceIdPipe } from '../../platform/http/resource-id.pipe.js';
import { ApiBackOfficeId } from '../../platform/openapi/back-office-routes.js';

/** What all routes of contacts have in common. */
export const CONTACT_ID = new ResourceIdPipe('contact');
export const MANAGE_CONTACTS = { permissions: ['contacts_manage'] } as const;
export const ApiContactId = (): MethodDecorator => ApiBackOfficeId('The id of the contact', 20);
