import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiParam,
  ApiProperty,
  ApiQuery,
} from '@nestjs/swagger';
import type { ListPlan } from '../http/back-office-list.js';

/** The route answers a list: its parameters, and how many rows there are in all. */
export function ApiBackOfficeList(plan: ListPlan, type: new () => object, description: string): MethodDecorator {
  const { fields, defaultSort, defaultOrder = 'asc', unsorted = [] } = plan;
  const sorts = Object.keys(fields).filter((field) => !unsorted.includes(field));
  return applyDecorators(
    query('limit', 'How many at most', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
    query('offset', 'How many to leave out at the beginning', { type: 'integer', minimum: 0, default: 0 }),
    query('sort_by', 'What decides the order', { type: 'string', enum: sorts, default: defaultSort }),
    query('sort_order', 'Which end of it comes first', { type: 'string', enum: ORDERS, default: defaultOrder }),
    ...Object.keys(fields).map((name) => query(`filter[${name}]`, FILTER, { type: 'string' })),
    ApiOkResponse({ type: [type], description, headers: { 'X-Total-Count': TOTAL } }),
  );
}

const ORDERS = ['asc', 'desc'];
const FILTER = 'Only those with one of these values, separated by commas; `null` means none';
const TOTAL = { description: 'How many there are in all', schema: { type: 'integer' as const } };

function query(name: string, description: string, schema: object): MethodDecorator {
  return ApiQuery({ name, description, required: false, schema });
}

/** The `{id}` of a route about one. */
export function ApiBackOfficeId(description: string, example = 5): MethodDecorator {
  return ApiParam({ name: 'id', description, schema: { type: 'integer', format: 'int64', example } });
}

/** The route reads a body in JSON. */
export const ApiBackOfficeBody = (): MethodDecorator => ApiConsumes('application/json');

/** The route makes one, and says where it is. */
export function ApiMade(type: new () => object, description: string, example: string): MethodDecorator {
  const Location = { description: 'Where it is', schema: { type: 'string' as const }, example };
  return applyDecorators(ApiBackOfficeBody(), ApiCreatedResponse({ type, description, headers: { Location } }));
}

/** What became of the rows of a call. */
export class UpsertedDto {
  @ApiProperty({ type: 'integer', example: 1 })
  created!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  updated!: number;

  @ApiProperty({ type: 'integer', example: 997 })
  unchanged!: number;
}

/** The route reads 1 to 1000 rows of `row`, and adds or changes what they are about: all of them or none. */
export function ApiUpsert(row: new () => object): MethodDecorator {
  return applyDecorators(
    ApiBackOfficeBody(),
    ApiBody({ type: [row], description: '1 to 1000 rows' }),
    ApiOkResponse({ type: UpsertedDto, description: 'How many rows did what' }),
  );
}
