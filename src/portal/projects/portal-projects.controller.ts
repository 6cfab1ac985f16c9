import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { PortalActor } from '@portico/domain/kernel';
import { PortalProjectQueries, projectErrors } from '@portico/domain/portal';
import { CurrentPortalActor } from '../../platform/access/access.js';
import { Tagged } from '../../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../../platform/http/no-parameters.interceptor.js';
import { ApiPortalProblems } from '../../platform/openapi/portal-problems.js';
import { RequirePortal } from '../access/require-portal.js';
import { EXAMPLE_ID } from '../documented.js';
import { ListWindowQuery } from './list-window.dto.js';
import { ProjectList } from './project.dto.js';
import { ProjectPresenter } from './project.presenter.js';
import { ProjectDecisionList, ProjectDocument } from './project-details.dto.js';
import { ProjectListQuery } from './project-query.dto.js';
import { RoadmapDocument } from './roadmap.dto.js';
import { TaskList } from './task.dto.js';

const PRESENTER = new ProjectPresenter();
/** What the dashboard lists may be another company's of the group. */
const OF_GROUP = { role: 'viewer', group: true } as const;
const ApiProject = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: 'The id of the project',
    schema: { type: 'string', format: 'uuid', example: EXAMPLE_ID },
  });

/** The work that is done for a company. */
@ApiTags('Projects')
@ApiProduces('application/json')
@Controller('api/portal/projects')
export class PortalProjectsController {
  constructor(private readonly queries: PortalProjectQueries) {}

  /** The projects of the company, the newest first, and how far their tasks are. */
  @Get()
  @ApiOperation({ operationId: 'listPortalProjects', summary: 'Get the projects' })
  @ApiOkResponse({ type: ProjectList, description: 'The projects' })
  @ApiPortalProblems('unknown_member', 'invalid_value')
  @RequirePortal({ role: 'viewer' })
  async list(@CurrentPortalActor() actor: PortalActor, @Query() query: ProjectListQuery): Promise<ProjectList> {
    const [statuses, window] = [ProjectListQuery.statuses(query), ListWindowQuery.window(query)];
    return PRESENTER.list(await this.queries.list(actor.firmId, [actor.companyId], statuses, window));
  }

  /** A project with its goals, its members, the newest summary and the ten newest decisions. */
  @Get(':id')
  @ApiOperation({ operationId: 'getPortalProject', summary: 'Get a project' })
  @ApiProject()
  @ApiOkResponse({ type: ProjectDocument, description: 'The project' })
  @ApiPortalProblems('unknown_member', 'project_not_found')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<ProjectDocument> {
    return PRESENTER.document(there(id, await this.queries.find(actor.firmId, actor.companyIds, id)));
  }

  /** The tasks of a project that are not private, in the order that the firm gave them, then as they came. */
  @Get(':id/tasks')
  @ApiOperation({ operationId: 'listPortalProjectTasks', summary: 'Get the tasks of a project' })
  @ApiProject()
  @ApiOkResponse({ type: TaskList, description: 'The tasks' })
  @ApiPortalProblems('unknown_member', 'invalid_value', 'project_not_found')
  @RequirePortal(OF_GROUP)
  async tasks(
    @CurrentPortalActor() actor: PortalActor,
    @Param('id') id: string,
    @Query() query: ListWindowQuery,
  ): Promise<TaskList> {
    const window = ListWindowQuery.window(query);
    const tasks = there(id, await this.queries.tasks(actor.firmId, actor.companyIds, id, window));
    return { tasks: tasks.map((task) => PRESENTER.task(task)) };
  }

  /** The newest roadmap of a project with its items; null and none when it has no roadmap. */
  @Get(':id/roadmap')
  @ApiOperation({ operationId: 'getPortalProjectRoadmap', summary: 'Get the roadmap of a project' })
  @ApiProject()
  @ApiOkResponse({ type: RoadmapDocument, description: 'The roadmap' })
  @ApiPortalProblems('unknown_member', 'project_not_found')
  @RequirePortal(OF_GROUP)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async roadmap(@CurrentPortalActor() actor: PortalActor, @Param('id') id: string): Promise<RoadmapDocument> {
    const { roadmap } = there(id, await this.queries.roadmap(actor.firmId, actor.companyIds, id));
    return PRESENTER.roadmap(id.toLowerCase(), roadmap);
  }

  /** The decisions of a project, agreed and pending, the newest first. */
  @Get(':id/decisions')
  @ApiOperation({ operationId: 'listPortalProjectDecisions', summary: 'Get the decisions of a project' })
  @ApiProject()
  @ApiOkResponse({ type: ProjectDecisionList, description: 'The decisions' })
  @ApiPortalProblems('unknown_member', 'invalid_value', 'project_not_found')
  @RequirePortal(OF_GROUP)
  async decisions(
    @CurrentPortalActor() actor: PortalActor,
    @Param('id') id: string,
    @Query() query: ListWindowQuery,
  ): Promise<ProjectDecisionList> {
    const window = ListWindowQuery.window(query);
    const decisions = there(id, await this.queries.decisions(actor.firmId, actor.companyIds, id, window));
    return { decisions: decisions.map((decision) => PRESENTER.decision(id.toLowerCase(), decision)) };
  }
}

/** @throws DomainError `project_not_found` when there is no project with this id */
function there<T>(id: string, found: T | null): T {
  if (found === null) throw projectErrors.notFound(id);
  return found;
}
