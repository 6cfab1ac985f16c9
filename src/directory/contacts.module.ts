import { Module } from '@nestjs/common';
import {
  ActivateContact,
  ChangeAffiliations,
  ChangeContact,
  ChangePortalAccess,
  ContactQueries,
  ContactRepository,
  CreateContact,
  ContactImport,
  DeleteContact,
  UpsertContacts,
} from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { DataAccess } from '@portico/domain/identity';
import { Clock, Sealer, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { ContactAffiliationChanges } from './contact-affiliations.js';
import { ContactEntitiesController } from './contact-entities.controller.js';
import { ContactGroupsController } from './contact-groups.controller.js';
import { ContactPortalController } from './contact-portal.controller.js';
import { ContactsController } from './contacts.controller.js';
import { DirectoryModule } from './directory.module.js';
import { MikroOrmContactRepository } from './mikro-orm-contact-repository.js';
import { SqlContactImport } from './sql-contact-import.js';
import { SqlContactQueries } from './sql-contact-queries.js';

/** The persons whom a firm knows, and their access to the portal. */
@Module({
  imports: [DirectoryModule, HistoryModule, IdentityModule],
  controllers: [ContactsController, ContactPortalController, ContactEntitiesController, ContactGroupsController],
  providers: [
    bind(ContactRepository, MikroOrmContactRepository, Database),
    bind(ContactQueries, SqlContactQueries, Database, Sealer),
    provide(CreateContact, ContactRepository, DataAccess, Sealer, History, UnitOfWork, Clock),
    provide(ChangeContact, ContactRepository, DataAccess, Sealer, History, UnitOfWork, Clock),
    provide(ChangeAffiliations, ContactRepository, DataAccess, History, UnitOfWork, Clock),
    provide(ChangePortalAccess, ContactRepository, History, UnitOfWork, Clock),
    provide(ActivateContact, ContactRepository, History, UnitOfWork, Clock),
    bind(ContactImport, SqlContactImport, Database),
    provide(UpsertContacts, ContactRepository, ContactImport, DataAccess, History, UnitOfWork, Clock),
    provide(DeleteContact, ContactRepository, History, UnitOfWork),
    provide(ContactAffiliationChanges, ContactQueries, ChangeAffiliations),
  ],
  exports: [
    ActivateContact,
    ChangeContact,
    ChangePortalAccess,
    ContactQueries,
    ContactRepository,
    CreateContact,
    DeleteContact,
    UpsertContacts,
  ],
})
export class ContactsModule {}

// What other modules may use of this one.
export { ContactMapping } from './contact.mapping.js';
export { readableContacts } from './readable-contacts.sql.js';
