import {
  Body,
  Controller,
  Delete,
  Get,
  Head,
  HttpCode,
  Options,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExcludeEndpoint,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor, UploadId } from '@portico/domain/kernel';
import { CHANGE_FILES } from '../files/files.module.js';
import { CurrentActor, Public, RequireAccess } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { JsonBodyInterceptor } from '../platform/http/json-body.interceptor.js';
import { Consumes } from '../platform/http/media-type.guard.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import type { ObservedRequest } from '../platform/http/observed-request.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { CheckUploadBody, UploadDocument, UploadOutlookDocument } from './upload.dto.js';
import { UploadIdPipe } from './upload-id.pipe.js';
import {
  ApiCheckBody,
  ApiTusVersion,
  ApiUploadBytes,
  ApiUploadCreation,
  ApiUploadId,
  NEW_FILE,
  OFFSET_BYTES,
  UPLOAD_LOCATION,
} from './upload.openapi.js';
import { Uploading } from './uploading.js';

const UPLOAD_ID = new UploadIdPipe();
const OF_EVERY_CALL = ['tus_version_unsupported', 'invalid_tus_header'];

@ApiTags('Uploads')
@ApiProduces('application/vnd.api+json')
@Controller('v1/uploads')
export class UploadsController {
  constructor(private readonly uploading: Uploading) {}

  /** What of the protocol TUS 1.0 there is; for everybody, as clients ask before they know who they are. */
  @Options()
  @ApiExcludeEndpoint()
  @Public()
  options(@Res() response: Response): void {
    this.uploading.options(response);
  }

  @Options(':id')
  @ApiExcludeEndpoint()
  @Public()
  optionsOfOne(@Res() response: Response): void {
    this.uploading.options(response);
  }

  /** Runs all checks of an upload, without its bytes: what is let through here would be let through there. */
  @Post('check')
  @HttpCode(200)
  @ApiOperation({ operationId: 'checkUpload', summary: 'Check an upload before it is sent' })
  @ApiCheckBody()
  @ApiOkResponse({ type: UploadOutlookDocument, description: 'The upload would be let through' })
  @ApiProblems(
    ...NEW_FILE,
    ...['unknown_member', 'invalid_value', 'invalid_json', 'type_mismatch'],
    ...['file_too_large', 'body_too_large', 'unsupported_media_type'],
  )
  @RequireAccess(CHANGE_FILES)
  @UseInterceptors(JsonBodyInterceptor)
  check(@CurrentActor() actor: Actor, @Body() body: CheckUploadBody): Promise<UploadOutlookDocument> {
    return this.uploading.check(actor, body);
  }

  /**
   * Begins an upload that goes on after whatever interrupts it (TUS 1.0, extensions creation, creation-with-upload and
   * checksum): all checks that need no bytes are made first. `HEAD` of its address tells how far it has come.
   */
  @Post()
  @Consumes(OFFSET_BYTES)
  @ApiOperation({ operationId: 'createUpload', summary: 'Begin a resumable upload' })
  @ApiUploadCreation()
  @ApiCreatedResponse({
    ...{ type: UploadDocument, description: 'The new upload; of no bytes, or with all of them, it is a file already' },
    headers: { Location: UPLOAD_LOCATION },
  })
  @ApiProblems(
    ...NEW_FILE,
    ...OF_EVERY_CALL,
    ...['upload_length_missing', 'invalid_upload_metadata', 'upload_filename_missing', 'invalid_json'],
    ...['unknown_member', 'invalid_value', 'type_mismatch', 'tus_extension_unsupported', 'upload_interrupted'],
    ...['file_too_large', 'upload_length_exceeded', 'invalid_checksum', 'checksum_mismatch', 'unsupported_media_type'],
    'storage_full',
  )
  @RequireAccess(CHANGE_FILES)
  create(@CurrentActor() actor: Actor, @Req() request: ObservedRequest, @Res() response: Response): Promise<void> {
    return this.uploading.serve(actor, request, response);
  }

  @Head(':id')
  @ApiExcludeEndpoint()
  @RequireAccess(CHANGE_FILES)
  offset(
    @CurrentActor() actor: Actor,
    @Param('id', UPLOAD_ID) _id: UploadId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.uploading.serve(actor, request, response);
  }

  /** How far it has come, until when more is waited for, and once it is finished, the file that it has become. */
  @Get(':id')
  @ApiOperation({ operationId: 'getUpload', summary: 'Get a resumable upload' })
  @ApiUploadId()
  @ApiOkResponse({ type: UploadDocument, description: 'The upload' })
  @ApiProblems('unknown_member', 'upload_not_found', 'upload_expired')
  @RequireAccess(CHANGE_FILES)
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  read(@CurrentActor() actor: Actor, @Param('id', UPLOAD_ID) id: UploadId): Promise<UploadDocument> {
    return this.uploading.read(actor, id);
  }

  /**
   * Adds the next bytes (TUS 1.0). The last ones make the file, and `Content-Location` tells where it is. Is the file
   * refused then, its bytes stay until the upload expires, and a call with no bytes tries again.
   */
  @Patch(':id')
  @HttpCode(204)
  @Consumes(OFFSET_BYTES)
  @ApiOperation({ operationId: 'addUploadBytes', summary: 'Add bytes to a resumable upload' })
  @ApiUploadBytes()
  @ApiProblems(
    ...NEW_FILE,
    ...OF_EVERY_CALL,
    ...['upload_not_found', 'upload_expired', 'upload_in_use', 'upload_offset_missing', 'upload_offset_mismatch'],
    ...['upload_interrupted', 'upload_length_exceeded', 'invalid_checksum', 'checksum_mismatch'],
    ...['unsupported_media_type', 'tus_extension_unsupported', 'storage_full', 'blob_missing'],
  )
  @RequireAccess(CHANGE_FILES)
  append(
    @CurrentActor() actor: Actor,
    @Param('id', UPLOAD_ID) _id: UploadId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.uploading.serve(actor, request, response);
  }

  /** Ends an upload and gives its bytes back (TUS 1.0, extension termination); one that has become a file stays. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteUpload', summary: 'End a resumable upload' })
  @ApiTusVersion()
  @ApiUploadId()
  @ApiNoContentResponse({ description: 'It is gone, and so are its bytes' })
  @ApiProblems(...OF_EVERY_CALL, 'upload_not_found', 'upload_expired', 'upload_finished', 'upload_in_use')
  @RequireAccess(CHANGE_FILES)
  abandon(
    @CurrentActor() actor: Actor,
    @Param('id', UPLOAD_ID) _id: UploadId,
    @Req() request: ObservedRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.uploading.serve(actor, request, response);
  }
}
