import { Module } from '@nestjs/common';
import { ContactsModule } from '../../directory/contacts.module.js';
import { ContactAccessController } from './contact-access.controller.js';
import { BackOfficeContactsController } from './contacts.controller.js';

/** The routes about the persons whom the firm knows. */
@Module({ imports: [ContactsModule], controllers: [BackOfficeContactsController, ContactAccessController] })
export class BackOfficeContactsModule {}

// What other modules may use of this one.
export { ContactRowFields } from './contact-body.dto.js';
export { CONTACT_NAMES, rowIn } from './contact-input.js';
