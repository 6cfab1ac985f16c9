import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor, ClientId, FolderId } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../platform/access/access.js';
import { Conditional, type ConditionalCall, Tagged } from '../platform/conditions/conditional.js';
import { sendTotal } from '../platform/http/back-office-list.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { setTag } from '../platform/http/send-tag.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../platform/openapi/back-office-problems.js';
import { ApiMade } from '../platform/openapi/back-office-routes.js';
import { ClientChanges } from './client-changes.js';
import { ChangedClientFolder, NewClientFolder } from './client-file-body.dto.js';
import { ClientFolderDto, ClientFolderItem } from './client-file.dto.js';
import { folderDto, folderItem } from './client-file.presenter.js';
import { ClientFileReads } from './client-file-reads.js';
import { ApiClientId, ApiPart } from './client-files.openapi.js';
import { Archives, CHANGE, READ, Renames, Shows } from './client-folder-routes.js';
import { FOLDER_SORTS, foldersRequest } from './client-lists.js';

const CLIENT_ID = new ResourceIdPipe('client');
const FOLDER_ID = new ResourceIdPipe('client_folder');
/** What the GET of a folder shows. */
const SHOWN = (folders: ClientFoldersController, call: ConditionalCall): Promise<ClientFolderItem> =>
  folders.read(call.actor, call.id('clientId'), call.id('folderId'));

/**
 * The folders of one client (seed 003), on the same tree as the Files API. The seed spells the address of one of them in
 * two ways, and both are served.
 */
@ApiTags('Client folders')
@ApiProduces('application/json')
@Controller('api/v2/clients/:clientId')
export class ClientFoldersController {
  constructor(
    private readonly reads: ClientFileReads,
    private readonly changes: ClientChanges,
  ) {}

  /** The client's tree: each folder before those in it, siblings by name. */
  @Get('folders')
  @ApiOperation({ operationId: 'listClientFolders', summary: 'Get a list of client folders' })
  @ApiClientId()
  @ApiPart(ClientFolderItem, { description: 'The folders', sorts: FOLDER_SORTS })
  @ApiBackOfficeProblems('unknown_member', 'invalid_value', 'client_not_found')
  @RequireBackOffice(READ)
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderItem[]> {
    const { items, total } = await this.reads.listFolders(actor, clientId, foldersRequest(query));
    sendTotal(response, total);
    return items.map((folder) => folderItem(clientId, folder));
  }

  /** Makes a folder for this client alone; the default tree is not touched. */
  @Post('folders')
  @ApiOperation({ operationId: 'createClientFolder', summary: 'Create a new client folder' })
  @ApiClientId()
  @ApiMade(ClientFolderDto, 'The new folder', '/api/v2/clients/1/folders/1')
  @ApiBackOfficeBodyProblems(
    'invalid_name',
    'folder_too_deep',
    'folder_not_changeable',
    'client_not_found',
    'client_folder_not_found',
    'client_folder_archived',
  )
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Body() body: NewClientFolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderDto> {
    const id = await this.changes.createFolderOf(actor, clientId, body);
    response.setHeader('Location', `/api/v2/clients/${clientId}/folders/${id}`);
    return this.changed(actor, clientId, id, response);
  }

  /** What is known of a folder. */
  @Get('folders/:folderId')
  @ApiOperation({ operationId: 'getClientFolder', summary: 'Get a client folder' })
  @Shows()
  async read(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
  ): Promise<ClientFolderItem> {
    return folderItem(clientId, await this.reads.getFolder(actor, clientId, id));
  }

  /** The same under the other spelling. */
  @Get('folder/:folderId')
  @ApiOperation({ operationId: 'getClientFolderBySingular', summary: 'Get a client folder' })
  @Shows()
  readBySingular(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
  ): Promise<ClientFolderItem> {
    return this.read(actor, clientId, id);
  }

  /** Renames a folder of this client alone: from then on it does not follow the default tree. */
  @Put('folders/:folderId')
  @ApiOperation({ operationId: 'putClientFolder', summary: 'Update a client folder' })
  @Renames()
  @Conditional(ClientFoldersController, SHOWN)
  async rename(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
    @Body() body: ChangedClientFolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderDto> {
    await this.changes.renameFolderOf(actor, clientId, id, body);
    return this.changed(actor, clientId, id, response);
  }

  /** The same as with `PUT`. */
  @Patch('folders/:folderId')
  @ApiOperation({ operationId: 'updateClientFolder', summary: 'Update a client folder' })
  @Renames()
  @Conditional(ClientFoldersController, SHOWN)
  patch(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
    @Body() body: ChangedClientFolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderDto> {
    return this.rename(actor, clientId, id, body, response);
  }

  /** The same under the other spelling. */
  @Put('folder/:folderId')
  @ApiOperation({ operationId: 'putClientFolderBySingular', summary: 'Update a client folder' })
  @Renames()
  @Conditional(ClientFoldersController, SHOWN)
  renameBySingular(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
    @Body() body: ChangedClientFolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderDto> {
    return this.rename(actor, clientId, id, body, response);
  }

  /** The same under the other spelling. */
  @Patch('folder/:folderId')
  @ApiOperation({ operationId: 'updateClientFolderBySingular', summary: 'Update a client folder' })
  @Renames()
  @Conditional(ClientFoldersController, SHOWN)
  patchBySingular(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
    @Body() body: ChangedClientFolder,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientFolderDto> {
    return this.rename(actor, clientId, id, body, response);
  }

  /** Puts a folder of this client with everything in it into the archive, from which the Files API restores it. */
  @Delete('folders/:folderId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteClientFolder', summary: 'Delete a client folder' })
  @Archives()
  @Conditional(ClientFoldersController, SHOWN)
  async remove(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
  ): Promise<void> {
    await this.changes.archiveFolderOf(actor, clientId, id);
  }

  /** The same under the other spelling. */
  @Delete('folder/:folderId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteClientFolderBySingular', summary: 'Delete a client folder' })
  @Archives()
  @Conditional(ClientFoldersController, SHOWN)
  removeBySingular(
    @CurrentActor() actor: Actor,
    @Param('clientId', CLIENT_ID) clientId: ClientId,
    @Param('folderId', FOLDER_ID) id: FolderId,
  ): Promise<void> {
    return this.remove(actor, clientId, id);
  }

  /** The answer to a change, under the tag of the folder. */
  private async changed(actor: Actor, clientId: ClientId, id: FolderId, response: Response): Promise<ClientFolderDto> {
    const folder = await this.reads.changedFolder(actor, clientId, id);
    setTag(response, folderItem(clientId, folder));
    return folderDto(clientId, folder);
  }
}
