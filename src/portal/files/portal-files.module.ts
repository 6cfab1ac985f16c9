import { Module } from '@nestjs/common';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { AcknowledgeFile, PortalFileQueries, PublishedFiles, RecordDownload, ViewFile } from '@portico/domain/portal';
import { OnboardingTriggers } from '@portico/domain/onboarding';
import { ProofChain } from '@portico/domain/proof';
import { OnboardingModule } from '../../onboarding/onboarding.module.js';
import { Database } from '../../platform/database/database.js';
import { bind, provide } from '../../platform/wiring.js';
import { ProofModule } from '../../proof/proof.module.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalFilesController } from './portal-files.controller.js';
import { SqlPortalFileQueries } from './sql-portal-file-queries.js';
import { SqlPublishedFiles } from './sql-published-files.js';

/** The published files of a portal user. */
@Module({
  imports: [OnboardingModule, PortalAccessModule, ProofModule],
  controllers: [PortalFilesController],
  providers: [
    bind(PortalFileQueries, SqlPortalFileQueries, Database),
    bind(PublishedFiles, SqlPublishedFiles, Database),
    provide(ViewFile, PublishedFiles, ProofChain, UnitOfWork, Clock),
    provide(AcknowledgeFile, PublishedFiles, ProofChain, OnboardingTriggers, UnitOfWork, Clock),
    provide(RecordDownload, PublishedFiles, ProofChain, UnitOfWork, Clock),
  ],
  exports: [PortalFileQueries],
})
export class PortalFilesModule {}
