import { Module } from '@nestjs/common';
import { Clock } from '@portico/domain/kernel';
import { CompanyDays, CompanyQueries, EnterPortal, IdentifyContact } from '@portico/domain/portal';
import { ContactsModule } from '../../directory/contacts.module.js';
import { PortalDoor } from '../../platform/access/portal-door.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { HeaderPortalDoor } from './header-portal-door.js';
import { SqlCompanyDays } from './sql-company-days.js';
import { SqlCompanyQueries } from './sql-company-queries.js';

/** Who may use the portal, for whom, which day it is for them, and what becomes of a contact who does so first. */
@Module({
  imports: [ContactsModule],
  providers: [
    bind(CompanyQueries, SqlCompanyQueries, Database),
    bind(CompanyDays, SqlCompanyDays, Database, Clock),
    provide(EnterPortal, CompanyQueries),
    provide(IdentifyContact, CompanyQueries),
    bind(PortalDoor, HeaderPortalDoor, EnterPortal),
  ],
  exports: [PortalDoor, CompanyDays, IdentifyContact, ContactsModule],
})
export class PortalAccessModule {}
