import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RequireAccess } from '../platform/access/access.js';
import { Tagged } from '../platform/conditions/conditional.js';
import { NoParametersInterceptor } from '../platform/http/no-parameters.interceptor.js';
import { ApiProblems } from '../platform/openapi/api-problems.js';
import { ApiVersionDocument } from './api-version.dto.js';

@ApiTags('API version')
@ApiProduces('application/vnd.api+json')
@Controller('v1/api_version')
export class ApiVersionController {
  /** The version of this API. It costs nothing, and so tells a caller whether their credentials are good. */
  @Get()
  @ApiOperation({ operationId: 'getApiVersion', summary: 'Get the version of the API' })
  @ApiOkResponse({ type: ApiVersionDocument, description: 'The version' })
  @ApiProblems('unknown_member')
  @RequireAccess({ scopes: [], permissions: [] })
  @UseInterceptors(NoParametersInterceptor)
  @Tagged()
  read(): ApiVersionDocument {
    return { data: { type: 'version', id: '1.1' } };
  }
}
