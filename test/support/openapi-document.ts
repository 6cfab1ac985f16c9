import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Reference {
  readonly $ref?: string;
}

export interface Schema extends Reference {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly additionalProperties?: boolean | object;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
  readonly example?: unknown;
}

export interface Answer {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, Parameter>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-permissions'?: readonly string[];
  readonly 'x-portal-role'?: string;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
    readonly responses?: Readonly<Record<string, Answer>>;
    readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly declared: OperationObject;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'openapi');

/** The names of the committed documents. */
export const DOCUMENT_NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.basename(file, '.json'))
  .sort();
/** Those for users, in JSON:API. */
export const V1_DOCUMENTS = DOCUMENT_NAMES.filter((name) => name.endsWith('-v1'));
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** Where the document of that name is committed. */
export const documentFile = (name: string): string => path.join(FOLDER, `${name}.json`);

/** The document of that name as it is written. */
export function writtenDocument(name: string): OpenApiDocument {
  return JSON.parse(readFileSync(documentFile(name), 'utf8')) as OpenApiDocument;
}

/** The document of that name, with what operations say where they say it; there are references to schemas alone. */
export function readDocument(name: string): OpenApiDocument {
  const document = writtenDocument(name);
  const told = ({ parameters, requestBody, responses, ...others }: OperationObject): OperationObject => ({
    ...others,
    ...(parameters && { parameters: parameters.map((one) => target<Parameter>(document, one)) }),
    ...(requestBody && { requestBody: withExamples(document, requestBody) }),
    responses: mapped(responses, (one) => withExamples(document, target<Answer>(document, one))),
  });
  return { ...document, paths: mapped(document.paths, (item) => mapped(item, told)) };
}

function withExamples<T extends { readonly content?: Answer['content'] }>(document: OpenApiDocument, bodies: T): T {
  if (!bodies.content) return bodies;
  const content = mapped(bodies.content, (media) =>
    media.examples ? { ...media, examples: mapped(media.examples, (one) => target(document, one)) } : media,
  );
  return { ...bodies, content };
}

/** What stands where a reference leads, or `member` itself. @throws Error when the reference leads nowhere */
export function target<T extends object>(document: OpenApiDocument, member: T & Reference): T {
  if (member.$ref === undefined) return member;
  const steps = member.$ref.replace('#/', '').split('/');
  const found = steps.reduce<unknown>(
    (at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step],
    document,
  );
  if (found === undefined) throw new Error(`${member.$ref} leads nowhere`);
  return found as T;
}

function mapped<T, U>(members: Readonly<Record<string, T>>, to: (member: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(member)]));
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([address, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, declared]) => ({
        name: `${method.toUpperCase()} ${address}`,
        method: method.toUpperCase(),
        path: address,
        declared,
      })),
  );
}

/** The schema behind a `$ref`. @throws Error when the reference leads nowhere */
export function resolved(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return resolved(document, target(document, schema));
}

/**
 * A value as the examples of a schema tell it.
 * @throws Error naming the member that has no example
 */
export function sampleOf(document: OpenApiDocument, schema: Schema, at = ''): unknown {
  const { example, enum: [only] = [], properties, items, allOf, ...rest } = resolved(document, schema);
  if (example !== undefined) return example;
  if (only !== undefined) return only;
  if (allOf?.[0]) return sampleOf(document, allOf[0], at);
  if (items) return [sampleOf(document, items, `${at}/0`)];
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, sampleOf(document, member, `${at}/${name}`)]),
    );
  throw new Error(`no example at ${at === '' ? 'the top' : at} of type ${rest.type ?? 'unknown'}`);
}

/** An example of a media type: its own, the first of several, or what its schema tells. */
export function exampleOf(document: OpenApiDocument, { example, examples, schema }: MediaType): unknown {
  if (example !== undefined) return example;
  const [first] = Object.values(examples ?? {});
  if (first) return first.value;
  return sampleOf(document, schema ?? {});
}
