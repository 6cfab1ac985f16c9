import type { Type } from '@nestjs/common';
import { PortalAnnouncementsModule } from './announcements/portal-announcements.module.js';
import { PortalConnectionsModule } from './connections/portal-connections.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { PortalBudgetsModule } from './budgets/portal-budgets.module.js';
import { PortalInvoicesModule } from './invoices/portal-invoices.module.js';
import { PortalContractsModule } from './contracts/portal-contracts.module.js';
import { PortalPagesModule } from './pages/portal-pages.module.js';
import { PortalNotesModule } from './notes/portal-notes.module.js';
import { PortalDocumentsModule } from './documents/portal-documents.module.js';
import { PortalFilesModule } from './files/portal-files.module.js';
import { PortalHistoryModule } from './history/portal-history.module.js';
import { PortalNotificationsModule } from './notifications/portal-notifications.module.js';
import { PortalOnboardingModule } from './onboarding/portal-onboarding.module.js';
import { PortalProjectsModule } from './projects/portal-projects.module.js';
import { PortalQbrsModule } from './qbrs/portal-qbrs.module.js';
import { PortalQuestionnaireModule } from './questionnaire/portal-questionnaire.module.js';
import { PortalRequestsModule } from './requests/portal-requests.module.js';
import { PortalResultsModule } from './results/portal-results.module.js';
import { PortalTeamModule } from './team/portal-team.module.js';

/** The modules whose routes are the Portal API. */
export const PORTAL_MODULES: Type[] = [
  PortalFilesModule,
  PortalDocumentsModule,
  DashboardModule,
  PortalProjectsModule,
  PortalHistoryModule,
  PortalTeamModule,
  PortalAnnouncementsModule,
  PortalBudgetsModule,
  PortalInvoicesModule,
  PortalContractsModule,
  PortalPagesModule,
  PortalNotesModule,
  PortalRequestsModule,
  PortalNotificationsModule,
  PortalConnectionsModule,
  PortalResultsModule,
  PortalQuestionnaireModule,
  PortalQbrsModule,
  PortalOnboardingModule,
];
