import { filePart, multipart, type Part } from '../support/multipart.js';
import {
  exampleOf,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  resolved,
} from '../support/openapi-document.js';

export interface MatrixRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What stands in for the names that the examples of a document make up. */
export interface Substitutes {
  /** The id of what the operation is about. */
  readonly id: string;
  /** By type, the id of a resource that exists, for each that a body names. */
  readonly ids: Readonly<Record<string, string>>;
  /** Attributes that can't be as in the example in every call. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** By the names of the path's parameters, what else than `id` stands there. */
  readonly path?: Readonly<Record<string, string>>;
  /** A body in JSON instead of the example. */
  readonly body?: unknown;
}

/** By attribute, the type of the resource whose id it holds. */
const ID_ATTRIBUTES: Readonly<Record<string, string>> = { entity_id: 'entities', group_id: 'groups' };

/** The media types of an operation's body, one for each schema; undefined stands for no body. */
export function mediaTypesOf({ declared: { requestBody } }: Operation): (string | undefined)[] {
  if (!requestBody) return [undefined];
  const bySchema = new Map<string, string>();
  for (const [type, { schema }] of Object.entries(requestBody.content)) {
    const key = JSON.stringify(schema ?? {});
    if (!bySchema.has(key)) bySchema.set(key, type);
  }
  return [...bySchema.values(), ...(requestBody.required ? [] : [undefined])];
}

/** A valid request to any operation, with a body of that media type, out of nothing but the document and `given`. */
export function requestTo(
  operation: Operation,
  document: OpenApiDocument,
  given: Substitutes,
  type = mediaTypesOf(operation)[0],
): MatrixRequest {
  const { method, declared } = operation;
  const parameters = declared.parameters ?? [];
  const valueOf = (name: string): string => {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter?.in === 'path') return given.path?.[name] ?? given.id;
    const example = parameter?.example ?? parameter?.schema?.example ?? '1';
    return typeof example === 'string' ? example : JSON.stringify(example);
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(valueOf(name)));
  const required = parameters.filter((parameter) => parameter.required);
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent(valueOf(name))}`);
  const headers = Object.fromEntries(
    required.filter((parameter) => parameter.in === 'header').map(({ name }) => [name, valueOf(name)]),
  );
  const body = type === undefined ? undefined : bodyOf(operation, document, type, given);
  const prefix = document.servers?.[0]?.url ?? '';
  return {
    method,
    path: `${prefix}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: { ...headers, ...(body && { 'Content-Type': body.type }) },
    body: body?.body,
  };
}

/** @throws Error when the operation declares no such body */
function bodyOf(
  { name, declared }: Operation,
  document: OpenApiDocument,
  type: string,
  given: Substitutes,
): { type: string; body: Buffer } {
  const media = declared.requestBody?.content[type];
  if (!media) throw new Error(`${name} declares no body in ${type}`);
  if (type === 'multipart/form-data') return multipart(partsOf(media, document));
  const value = given.body ?? substituted(exampleOf(document, media), given);
  return { type, body: Buffer.from(JSON.stringify(value)) };
}

function partsOf({ schema: ofAll = {} }: MediaType, document: OpenApiDocument): Part[] {
  const { properties = {}, required = [] } = resolved(document, ofAll);
  return Object.entries(properties).flatMap(([name, schema]): Part[] => {
    if (schema.format === 'binary') return [{ ...filePart('matrix.txt'), name }];
    return required.includes(name) ? [{ name, content: JSON.stringify(exampleOf(document, { schema })) }] : [];
  });
}

/** The example of a body with ids that exist, and with attributes, or without `data` with members, that can be. */
export function substituted(example: unknown, { id, ids, attributes }: Substitutes): unknown {
  const body = withRealIds(example, ids);
  if (!isObject(body)) return body;
  if (!('data' in body)) return fitted(body, attributes);
  if (!isObject(body['data'])) return body;
  const data = { ...body['data'] };
  if ('id' in data) data['id'] = id;
  if (isObject(data['attributes'])) data['attributes'] = fitted(data['attributes'], attributes);
  return { ...body, data };
}

/** `given` with other values of what it has. */
function fitted(given: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>>): object {
  return { ...given, ...Object.fromEntries(Object.entries(others).filter(([name]) => name in given)) };
}

/** Every resource identifier, and every attribute that holds an id; of several of one type, which are one now, one. */
function withRealIds(value: unknown, ids: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) {
    const all = value.map((item) => JSON.stringify(withRealIds(item, ids)));
    return [...new Set(all)].map((item) => JSON.parse(item) as unknown);
  }
  if (!isObject(value)) return value;
  const { type } = value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const of = name === 'id' ? type : ID_ATTRIBUTES[name];
      const real = typeof of === 'string' && member !== null ? ids[of] : undefined;
      return [name, real ?? withRealIds(member, ids)];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
