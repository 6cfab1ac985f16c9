import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateBy } from 'class-validator';
import { isId } from '@portico/domain/kernel';
import { IfGiven } from './if-given.js';

/** How many ids a list in a body holds at most. */
const MOST = 1000;

/** A list of ids in a body, numbers or strings; kept as strings, each once. */
export function IdList(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    IsArray(),
    ArrayMaxSize(MOST),
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? [...new Set(value.map(asText))] : value)),
    ValidateBy({
      name: 'isResourceId',
      validator: {
        validate: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string' && isId(id)),
        defaultMessage: (args) => `${args?.property} must hold ids`,
      },
    }),
    ApiProperty({ type: 'array', items: { type: 'integer', format: 'int64' }, example: [] }),
  );
}

const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);
