import { Body, Controller, Delete, HttpCode, Param, Patch, Post, type Type } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type AssociationChange, ChangeAssociations } from '@portico/domain/associations';
import type { AssociationKind } from '@portico/domain/files';
import type { Actor, EntityId, FileId, GroupId } from '@portico/domain/kernel';
import { FilesController } from '../files/files.module.js';
import { CurrentActor } from '../platform/access/access.js';
import { Conditional } from '../platform/conditions/conditional.js';
import { linkedIds } from '../platform/http/json-api.js';
import { LinkageBody } from '../platform/http/json-api.dto.js';
import { located } from '../platform/http/located.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ChangesLinkage } from './association.openapi.js';

const FILE_ID = new ResourceIdPipe('file');

/** Changes of what files and folders are associated with, of one kind: both kinds have the same routes. */
function changesController(kind: AssociationKind): Type<object> {
  @ApiTags('Associations')
  @ApiProduces('application/vnd.api+json')
  @Controller(`v1/files/:id/relationships/associated_${kind}`)
  class AssociationChangesController {
    constructor(private readonly changes: ChangeAssociations) {}

    @Post()
    @HttpCode(204)
    @ChangesLinkage(kind, 'add')
    @Conditional(FilesController, (files, call) => files.read(call.actor, call.id(), {}))
    add(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId, @Body() body: LinkageBody): Promise<void> {
      return this.change(actor, id, 'add', body);
    }

    @Patch()
    @HttpCode(204)
    @ChangesLinkage(kind, 'replace')
    @Conditional(FilesController, (files, call) => files.read(call.actor, call.id(), {}))
    replace(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId, @Body() body: LinkageBody): Promise<void> {
      return this.change(actor, id, 'replace', body);
    }

    @Delete()
    @HttpCode(204)
    @ChangesLinkage(kind, 'remove')
    @Conditional(FilesController, (files, call) => files.read(call.actor, call.id(), {}))
    remove(@CurrentActor() actor: Actor, @Param('id', FILE_ID) id: FileId, @Body() body: LinkageBody): Promise<void> {
      return this.change(actor, id, 'remove', body);
    }

    private change(actor: Actor, id: FileId, change: AssociationChange, { data }: LinkageBody): Promise<void> {
      const ids = linkedIds<EntityId | GroupId>(data, kind);
      const linkages = [{ pointer: '/data', type: kind, data }];
      return located(() => this.changes.execute(actor, { id, change, kind, ids }), { linkages });
    }
  }
  return AssociationChangesController;
}

export const EntityChangesController = changesController('entities');
export const GroupChangesController = changesController('groups');
