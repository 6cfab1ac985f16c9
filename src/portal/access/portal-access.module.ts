import { Module } from '@nestjs/common';
import { CompanyQueries, EnterPortal } from '@portico/domain/portal';
import { ContactsModule } from '../../directory/contacts.module.js';
import { PortalDoor } from '../../platform/access/portal-door.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { HeaderPortalDoor } from './header-portal-door.js';
import { SqlCompanyQueries } from './sql-company-queries.js';

/** Who may use the portal, for whom, and what becomes of a contact who does so for the first time. */
@Module({
  imports: [ContactsModule],
  providers: [
    bind(CompanyQueries, SqlCompanyQueries, Database),
    provide(EnterPortal, CompanyQueries),
    bind(PortalDoor, HeaderPortalDoor, EnterPortal),
  ],
  exports: [PortalDoor, ContactsModule],
})
export class PortalAccessModule {}
