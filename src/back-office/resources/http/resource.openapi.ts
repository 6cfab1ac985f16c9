import { applyDecorators, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { RequireBackOffice } from '../../../platform/access/access.js';
import { Tagged } from '../../../platform/conditions/conditional.js';
import { JsonBodyInterceptor, JsonRowsInterceptor } from '../../../platform/http/json-body.interceptor.js';
import { NoParametersInterceptor } from '../../../platform/http/no-parameters.interceptor.js';
import { ApiBackOfficeBodyProblems, ApiBackOfficeProblems } from '../../../platform/openapi/back-office-problems.js';
import { ApiBackOfficeList, UpsertedDto } from '../../../platform/openapi/back-office-routes.js';
import { MOST_ROWS } from '../declaration/limits.js';
import { hasClient, type Resource } from '../declaration/resource.js';
import { listPlan } from '../reading/list-plan.js';
import { answerExample, bodyExample, EXAMPLE_ID } from './examples.js';
import { schemasOf } from './resource-schemas.js';

const JSON_TYPE = 'application/json';

/** How each operation of a resource is declared: who may call it, and what the OpenAPI document says of it. */
export function operationsOf(resource: Resource): Readonly<Record<Operation, () => MethodDecorator>> {
  const { singular, schema, description } = resource;
  const [plural, those] = [pascal(resource.name), resource.name.replaceAll('-', ' ')];
  const one = `${/^[aeiou]|^SLA/.test(singular) ? 'an' : 'a'} ${singular}`;
  const said = (operationId: string, summary: string, text: string) =>
    ApiOperation({ operationId, summary, description: `${text} ${description}` });
  return {
    list: () =>
      declared(
        said(`list${plural}`, `Get all ${those}`, 'Those that the user may see.'),
        ApiBackOfficeList(listPlan(resource), schemasOf(resource).answer, `The ${those}`),
        ApiBackOfficeProblems('unknown_member', 'invalid_value'),
      ),
    create: () =>
      declared(
        said(`create${schema}`, `Create ${one}`, 'A list of children may come with it.'),
        body(resource, 'made'),
        answer(resource, 201),
        ApiBackOfficeBodyProblems(...REFERENCES, 'external_id_taken', 'already_exists'),
      ),
    upsert: () =>
      declared(
        said(`upsert${plural}`, `Take over ${those} from another system`, UPSERT),
        rows(resource),
        ApiResponse({ status: 200, type: UpsertedDto, description: 'How many rows did what' }),
        ApiBackOfficeBodyProblems(...REFERENCES, 'external_id_taken', 'already_exists', 'in_use'),
      ),
    read: () =>
      declared(
        said(`get${schema}`, `Get ${one}`, 'One, with its children.'),
        ApiId(singular),
        answer(resource, 200),
        ApiBackOfficeProblems('unknown_member', 'resource_not_found'),
        UseInterceptors(NoParametersInterceptor),
      ),
    put: () => declared(said(`put${schema}`, `Update ${one}`, CHANGE), ...changes(resource)),
    patch: () => declared(said(`update${schema}`, `Update ${one}`, CHANGE), ...changes(resource)),
    remove: () =>
      declared(
        said(`delete${schema}`, `Delete ${one}`, 'Removes it with its children, unless others refer to it.'),
        ApiId(singular),
        ApiNoContentResponse({ description: 'It is gone' }),
        ApiBackOfficeProblems('resource_not_found', 'in_use'),
      ),
  };
}

export type Operation = 'list' | 'create' | 'upsert' | 'read' | 'put' | 'patch' | 'remove';

const REFERENCES = ['unknown_reference'] as const;
const CHANGE = 'What is not given stays as it is.';
const UPSERT = `Adds or changes 1 to ${MOST_ROWS} rows by their external ids: all of them or none. What is not given of a row stays.`;

const declared = (...parts: MethodDecorator[]): MethodDecorator => applyDecorators(...parts, RequireBackOffice());

const pascal = (words: string): string => words.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());

const ApiId = (what: string): MethodDecorator =>
  ApiParam({
    name: 'id',
    description: `The id of the ${what}`,
    schema: { type: 'string', format: 'uuid', example: EXAMPLE_ID },
  });

function changes(resource: Resource): MethodDecorator[] {
  return [
    ApiId(resource.singular),
    body(resource, 'changed'),
    answer(resource, 200),
    ApiBackOfficeBodyProblems(
      ...REFERENCES,
      'resource_not_found',
      'external_id_taken',
      'already_exists',
      ...(hasClient(resource) ? (['in_use'] as const) : []),
    ),
  ];
}

function body(resource: Resource, use: 'made' | 'changed'): MethodDecorator {
  const type = schemasOf(resource)[use];
  return applyDecorators(
    UseInterceptors(JsonBodyInterceptor),
    ApiConsumes(JSON_TYPE),
    ApiBody({ type, required: true, examples: { [`${resource.schema}Body`]: { value: bodyExample(resource) } } }),
  );
}

function rows(resource: Resource): MethodDecorator {
  const { row } = schemasOf(resource);
  const value = [bodyExample(resource)];
  return applyDecorators(
    UseInterceptors(JsonRowsInterceptor),
    ApiConsumes(JSON_TYPE),
    ApiBody({ type: [row], required: true, description: `1 to ${MOST_ROWS} rows`, examples: { example: { value } } }),
  );
}

function answer(resource: Resource, status: 200 | 201): MethodDecorator {
  const { answer: type } = schemasOf(resource);
  const Location = {
    description: 'Where it is',
    schema: { type: 'string' as const },
    example: `/api/v2/${resource.name}/${EXAMPLE_ID}`,
  };
  return applyDecorators(
    Tagged(),
    ApiExtraModels(type),
    ApiResponse({
      status,
      description: `The ${resource.singular}${status === 201 ? ' that is new' : ''}`,
      headers: status === 201 ? { Location } : undefined,
      content: {
        [JSON_TYPE]: {
          schema: { $ref: getSchemaPath(type) },
          examples: { [resource.schema]: { value: answerExample(resource, true) } },
        },
      },
    }),
  );
}
