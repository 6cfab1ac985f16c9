import { Module } from '@nestjs/common';
import {
  ChangeEntity,
  ChangeGroup,
  CreateEntity,
  CreateGroup,
  DeleteEntity,
  DeleteGroup,
  Dependents,
  EntityQueries,
  EntityRepository,
  GroupQueries,
  GroupRepository,
} from '@portico/domain/directory';
import { History } from '@portico/domain/history';
import { DataAccess } from '@portico/domain/identity';
import { Clock, UnitOfWork } from '@portico/domain/kernel';
import { HistoryModule } from '../history/history.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { Database } from '../platform/database/database.js';
import { bind, provide } from '../platform/wiring.js';
import { ApiVersionController } from './api-version.controller.js';
import { EntitiesController } from './entities.controller.js';
import { GroupMembersController } from './group-members.controller.js';
import { GroupsController } from './groups.controller.js';
import { MikroOrmEntityRepository } from './mikro-orm-entity-repository.js';
import { MikroOrmGroupRepository } from './mikro-orm-group-repository.js';
import { SqlDependents } from './sql-dependents.js';
import { SqlEntityQueries } from './sql-entity-queries.js';
import { SqlGroupQueries } from './sql-group-queries.js';

/** Whom a firm looks after: entities, and groups of them. */
@Module({
  imports: [HistoryModule, IdentityModule],
  controllers: [EntitiesController, GroupsController, GroupMembersController, ApiVersionController],
  providers: [
    bind(EntityRepository, MikroOrmEntityRepository, Database),
    bind(GroupRepository, MikroOrmGroupRepository, Database),
    bind(Dependents, SqlDependents, Database),
    bind(EntityQueries, SqlEntityQueries, Database),
    bind(GroupQueries, SqlGroupQueries, Database),
    provide(CreateEntity, EntityRepository, History, UnitOfWork, Clock),
    provide(ChangeEntity, EntityRepository, DataAccess, History, UnitOfWork, Clock),
    provide(DeleteEntity, EntityRepository, Dependents, DataAccess, History, UnitOfWork, Clock),
    provide(CreateGroup, GroupRepository, DataAccess, History, UnitOfWork, Clock),
    provide(ChangeGroup, GroupRepository, DataAccess, History, UnitOfWork, Clock),
    provide(DeleteGroup, GroupRepository, Dependents, DataAccess, History, UnitOfWork, Clock),
  ],
  exports: [EntityQueries, GroupQueries],
})
export class DirectoryModule {}

// What other modules may use of this one.
export { EntityMapping } from './entity.mapping.js';
export { EntityDocument, EntityListDocument } from './entity.dto.js';
export { EntityPresenter } from './entity.presenter.js';
export { GroupDocument, GroupListDocument } from './group.dto.js';
export { GroupMapping } from './group.mapping.js';
export { GroupPresenter } from './group.presenter.js';
