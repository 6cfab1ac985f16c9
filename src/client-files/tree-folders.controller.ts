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
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { TreeFolderItem } from '@portico/domain/client-files';
import type { Actor, TreeFolderId } from '@portico/domain/kernel';
import { CurrentActor, RequireBackOffice } from '../platform/access/access.js';
import { Conditional, Tagged } from '../platform/conditions/conditional.js';
import { sendTotal } from '../platform/http/back-office-list.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { ResourceIdPipe } from '../platform/http/resource-id.pipe.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../platform/openapi/back-office-problems.js';
import { ApiBackOfficeBody, ApiMade } from '../platform/openapi/back-office-routes.js';
import { TreeFolderBody } from './client-file-body.dto.js';
import { TreeFolderDto } from './client-file.dto.js';
import { treeFolderDto } from './client-file.presenter.js';
import { ApiPart, ApiTreeFolderId } from './client-files.openapi.js';
import { FOLDER_SORTS, foldersRequest } from './client-lists.js';
import { DefaultTree } from './default-tree.js';

const FOLDER_ID = new ResourceIdPipe('tree_folder');
const READ = { permissions: ['files_view'] } as const;
const CHANGE = { permissions: ['files_edit'] } as const;

/** The default tree: folders that every client of the firm has. Changing it needs the right to all data. */
@ApiTags('Default folder tree')
@ApiProduces('application/json')
@Controller('api/v2/folders')
export class TreeFoldersController {
  constructor(private readonly tree: DefaultTree) {}

  /** Each folder before those in it, siblings by name. */
  @Get()
  @ApiOperation({ operationId: 'listTreeFolders', summary: 'Get the default folder tree' })
  @ApiPart(TreeFolderDto, { description: 'The folders', sorts: FOLDER_SORTS })
  @ApiBackOfficeProblems('unknown_member', 'invalid_value')
  @RequireBackOffice(READ)
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TreeFolderDto[]> {
    const { items, total } = await this.tree.list(actor, foldersRequest(query));
    sendTotal(response, total);
    return items.map(treeFolderDto);
  }

  /** Adds a folder at the top of the tree; every client gets it. */
  @Post()
  @ApiOperation({ operationId: 'createTreeFolder', summary: 'Add a folder to the default tree' })
  @ApiMade(TreeFolderDto, 'The new folder', '/api/v2/folders/1')
  @ApiBackOfficeBodyProblems('invalid_name', 'all_data_needed')
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { name }: TreeFolderBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TreeFolderDto> {
    return made(await this.tree.add(actor, name, null), response);
  }

  /** What is known of a folder. */
  @Get(':id')
  @ApiOperation({ operationId: 'getTreeFolder', summary: 'Get a folder of the default tree' })
  @ApiTreeFolderId()
  @ApiOkResponse({ type: TreeFolderDto, description: 'The folder' })
  @ApiBackOfficeProblems('unknown_member', 'tree_folder_not_found')
  @RequireBackOffice(READ)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  async read(@CurrentActor() actor: Actor, @Param('id', FOLDER_ID) id: TreeFolderId): Promise<TreeFolderDto> {
    return treeFolderDto(await this.tree.get(actor, id));
  }

  /** Adds a folder in another one; every client that still has that one gets it. */
  @Post(':id/addSubdirectory')
  @ApiOperation({ operationId: 'addSubdirectory', summary: 'Add a folder in a folder of the default tree' })
  @ApiTreeFolderId()
  @ApiMade(TreeFolderDto, 'The new folder', '/api/v2/folders/1')
  @ApiBackOfficeBodyProblems('invalid_name', 'tree_too_deep', 'all_data_needed', 'tree_folder_not_found')
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  async addSubdirectory(
    @CurrentActor() actor: Actor,
    @Param('id', FOLDER_ID) parentId: TreeFolderId,
    @Body() { name }: TreeFolderBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TreeFolderDto> {
    return made(await this.tree.add(actor, name, parentId), response);
  }

  /** Renames a folder, also with every client that has neither renamed nor removed it. */
  @Put(':id')
  @ApiOperation({ operationId: 'putTreeFolder', summary: 'Rename a folder of the default tree' })
  @ApiTreeFolderId()
  @ApiBackOfficeBody()
  @ApiOkResponse({ type: TreeFolderDto, description: 'The folder as it is now' })
  @ApiBackOfficeBodyProblems('invalid_name', 'all_data_needed', 'tree_folder_not_found')
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(TreeFoldersController, (folders, call) => folders.read(call.actor, call.id()))
  async rename(
    @CurrentActor() actor: Actor,
    @Param('id', FOLDER_ID) id: TreeFolderId,
    @Body() { name }: TreeFolderBody,
  ): Promise<TreeFolderDto> {
    return treeFolderDto(await this.tree.rename(actor, id, name));
  }

  /** The same as with `PUT`. */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateTreeFolder', summary: 'Rename a folder of the default tree' })
  @ApiTreeFolderId()
  @ApiBackOfficeBody()
  @ApiOkResponse({ type: TreeFolderDto, description: 'The folder as it is now' })
  @ApiBackOfficeBodyProblems('invalid_name', 'all_data_needed', 'tree_folder_not_found')
  @RequireBackOffice(CHANGE)
  @UseInterceptors(JsonBodyInterceptor)
  @Tagged()
  @Conditional(TreeFoldersController, (folders, call) => folders.read(call.actor, call.id()))
  patch(
    @CurrentActor() actor: Actor,
    @Param('id', FOLDER_ID) id: TreeFolderId,
    @Body() body: TreeFolderBody,
  ): Promise<TreeFolderDto> {
    return this.rename(actor, id, body);
  }

  /** Takes a folder and those in it out of the default tree. The clients keep theirs, as their own. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteTreeFolder', summary: 'Delete a folder of the default tree' })
  @ApiTreeFolderId()
  @ApiNoContentResponse({ description: 'It is gone from the default tree' })
  @ApiBackOfficeProblems('all_data_needed', 'tree_folder_not_found')
  @RequireBackOffice(CHANGE)
  @Conditional(TreeFoldersController, (folders, call) => folders.read(call.actor, call.id()))
  async remove(@CurrentActor() actor: Actor, @Param('id', FOLDER_ID) id: TreeFolderId): Promise<void> {
    await this.tree.remove(actor, id);
  }
}

function made(folder: TreeFolderItem, response: Response): TreeFolderDto {
  response.setHeader('Location', `/api/v2/folders/${folder.id}`);
  return treeFolderDto(folder);
}
