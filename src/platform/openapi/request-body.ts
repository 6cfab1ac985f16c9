import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';

const EXTENSION = 'x-request-body';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A body in one media type: its DTO class and examples, of which the Swagger UI fills in the first. */
export interface DocumentedBody {
  readonly type: new () => object;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

/**
 * Documents the body of a route media type by media type, which `@ApiBody` can't; `withRequestBodies` puts it into the
 * document.
 */
export function ApiRequestBody(
  bodies: Readonly<Record<string, DocumentedBody>>,
  { required = true }: { required?: boolean } = {},
): MethodDecorator {
  const content = Object.fromEntries(
    Object.entries(bodies).map(([media, { type, examples }]) => [
      media,
      { schema: { $ref: getSchemaPath(type) }, ...(examples && { examples }) },
    ]),
  );
  const models = Object.values(bodies).map(({ type }) => type);
  return applyDecorators(ApiExtraModels(...models), ApiExtension(EXTENSION, { required, content }));
}

/** Documents a JSON body in both of its media types. */
export const ApiJsonRequestBody = (body: DocumentedBody, options?: { required?: boolean }): MethodDecorator =>
  ApiRequestBody({ 'application/vnd.api+json': body, 'application/json': body }, options);

/** `document`, with the bodies that `ApiRequestBody` has documented. */
export function withRequestBodies(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method] as Record<string, unknown> | undefined;
      if (!operation || !(EXTENSION in operation)) continue;
      operation['requestBody'] = operation[EXTENSION];
      delete operation[EXTENSION];
    }
  return document;
}
