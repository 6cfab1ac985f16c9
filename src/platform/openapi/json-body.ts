import { applyDecorators } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse } from '@nestjs/swagger';

/** The route reads a body in JSON. */
export const ApiJsonBody = (): MethodDecorator => ApiConsumes('application/vnd.api+json', 'application/json');

/** The route reads a body in JSON, and answers with a new resource and where it is; `example` is such an address. */
export function ApiCreated(type: new () => object, description: string, example: string): MethodDecorator {
  const Location = { description: 'Where it is', schema: { type: 'string' as const }, example };
  return applyDecorators(ApiJsonBody(), ApiCreatedResponse({ type, description, headers: { Location } }));
}
