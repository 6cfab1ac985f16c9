import { Controller, Get, Param, Query, Res, type Type, UseInterceptors } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { AssociationKind } from '@portico/domain/files';
import type { Actor, FileId } from '@portico/domain/kernel';
import { CurrentActor } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { Relationship } from '../platform/http/json-api.dto.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { PageParameters } from '../platform/http/page-query.dto.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ReadsLinkage, ReadsRelated } from './association.openapi.js';
import { AssociationReads } from './association-reads.js';

const FILE_ID = new ResourceIdPipe('file');
const ARCHIVED_ID = new ResourceIdPipe('archived_file');

/** What files and folders are associated with, of one kind: both kinds have the same routes. */
function readsController(kind: AssociationKind): Type<object> {
  @ApiTags('Associations')
  @ApiProduces('application/vnd.api+json')
  @Controller('v1')
  class AssociationReadsController {
    constructor(private readonly reads: AssociationReads) {}

    @Get(`files/:id/relationships/associated_${kind}`)
    @ReadsLinkage(kind, 'active')
    @UseInterceptors(NoParametersInterceptor)
    @Tagged()
    linkage(
      @CurrentActor() actor: Actor,
      @Param('id', FILE_ID) id: FileId,
      @Res({ passthrough: true }) response: Response,
    ): Promise<Relationship> {
      return this.reads.linkage(actor, { state: 'active', id, kind }, response);
    }

    @Get(`files/:id/associated_${kind}`)
    @ReadsRelated(kind, 'active')
    related(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId, @Query() query: PageParameters) {
      return this.reads.related(actor, { state: 'active', id, kind }, query);
    }

    @Get(`archive/files/:id/relationships/associated_${kind}`)
    @ReadsLinkage(kind, 'archived')
    @UseInterceptors(NoParametersInterceptor)
    @Tagged()
    archivedLinkage(
      @CurrentActor() actor: Actor,
      @Param('id', ARCHIVED_ID) id: FileId,
      @Res({ passthrough: true }) response: Response,
    ): Promise<Relationship> {
      return this.reads.linkage(actor, { state: 'archived', id, kind }, response);
    }

    @Get(`archive/files/:id/associated_${kind}`)
    @ReadsRelated(kind, 'archived')
    archivedRelated(
      @CurrentActor() actor: Actor,
      @Param('id', ARCHIVED_ID) id: FileId,
      @Query() query: PageParameters,
    ) {
      return this.reads.related(actor, { state: 'archived', id, kind }, query);
    }
  }
  return AssociationReadsController;
}

export const EntityReadsController = readsController('entities');
export const GroupReadsController = readsController('groups');
