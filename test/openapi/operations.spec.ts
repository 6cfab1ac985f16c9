import { describe, expect, it } from '@jest/globals';
import {
  type Answer,
  DOCUMENT_NAMES,
  exampleOf,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Parameter,
  readDocument,
  resolved,
  type Schema,
} from '../support/openapi-document.js';
import { type DocumentFace, faceOf } from './faces.js';
import { bodyLinkageFaults } from './linkage-check.js';
import { expectedQuery } from './routes.js';
import { faultsIn } from './schema-check.js';

interface Case extends Operation {
  /** The name of its document. */
  readonly of: string;
  readonly document: OpenApiDocument;
  readonly face: DocumentFace;
}
const operations = DOCUMENT_NAMES.flatMap((of) => {
  const document = readDocument(of);
  return operationsOf(document).map((operation): Case => ({ ...operation, of, document, face: faceOf(of) }));
});
const EVERYWHERE = ['401', '403', '429', '500', '503'];
const JSON_API = 'application/vnd.api+json';
const TEMPLATE = /\{(\w+)\}/g;
const VERB = [
  ...['get', 'list', 'create', 'put', 'update', 'upsert', 'delete', 'download', 'add', 'replace', 'remove', 'invite'],
  ...['check', 'revoke', 'restore', 'archive', 'publish', 'unpublish', 'acknowledge', 'approve', 'upload', 'move', 'sign', 'refresh', 'ask', 'sync', 'read'],
].join('|');
/** What gives credentials out counts nobody's calls. */
const UNCOUNTED = ['POST /api/v2/refresh'];
/** What needs no telling more than its name does. */
const OPTIONAL_BODY = ['POST /v1/archive/files/{id}/restore', 'POST /v1/uploads'];
/** What reads bytes and nothing else. */
const UPLOADS: Readonly<Record<string, readonly string[]>> = {
  'POST /api/portal/files': ['multipart/form-data'],
  'POST /v1/uploads': ['application/offset+octet-stream'],
  'PATCH /v1/uploads/{id}': ['application/offset+octet-stream'],
};
const WITHOUT_BODY =
  /^\/(?:v1|api\/v2)\/(?:contacts|clients)\/\{id\}\/(?:invite|revoke|restore)$|\/(?:acknowledge|approve|connections\/sync|notifications\/(?:read-all|\{id\}\/(?:read|archive)))$|^\/api\/v2\/signout$/;

const says = (text: string | undefined): string => (text ?? '').trim();

/** By the contract, not by what is documented: a relationship's links are removed by a body that names them. */
function readsBody({ method, path }: Operation): boolean {
  if (method === 'DELETE') return path.includes('/relationships/');
  return (method === 'POST' || method === 'PUT' || method === 'PATCH') && !WITHOUT_BODY.test(path);
}

/** Whether it answers one page: a list, and the address of the next; in the Back Office, a bare list. */
function isList({ document, face, declared }: Case): boolean {
  const { properties, type } = resolved(document, declared.responses['200']?.content?.[face.media]?.schema ?? {});
  if (type === 'array') return true;
  const links = properties?.['links'];
  return properties?.['data']?.type === 'array' && links !== undefined && 'next' in propertiesOf(document, links);
}

function propertiesOf(document: OpenApiDocument, schema: Schema): Readonly<Record<string, Schema>> {
  const { properties, allOf = [] } = resolved(document, schema);
  return { ...properties, ...Object.assign({}, ...allOf.map((part) => propertiesOf(document, part))) };
}

/** Each body that is documented, and where. */
function mediaOf({ declared }: Operation): [string, MediaType][] {
  const inAnswers = Object.entries(declared.responses).flatMap(([status, { content }]) =>
    Object.entries(content ?? {}).map(([type, body]): [string, MediaType] => [`${status} ${type}`, body]),
  );
  const asked = Object.entries(declared.requestBody?.content ?? {});
  return [...asked.map(([type, body]): [string, MediaType] => [`body ${type}`, body]), ...inAnswers];
}

/** The examples of a body, made from its schema when it has none of its own; of a binary body, none. */
function examplesOf(document: OpenApiDocument, where: string, body: MediaType): unknown[] {
  if (body.schema?.format === 'binary') return [];
  const values = Object.values(body.examples ?? {}).map(({ value }) => value);
  return values.length > 0 || where.includes('multipart') ? values : [exampleOf(document, body)];
}

const refusalsOf = ({ declared }: Operation): [string, Answer][] =>
  Object.entries(declared.responses).filter(([status]) => Number(status) >= 400);

describe.each(operations)('$name in openapi/$of.json', (operation) => {
  const { name, path, method, declared, document, face } = operation;
  const statuses = Object.keys(declared.responses);

  it('has an id, a summary, a description, a tag, and says who may call it', () => {
    expect(declared.operationId).toMatch(new RegExp(`^(?:${VERB})(?:[A-Z][A-Za-z]+)$`));
    expect(says(declared.summary)).not.toBe('');
    expect(says(declared.description)).not.toBe('');
    expect(declared.tags).toHaveLength(1);
    expect(face.saysWhoMayCall(declared)).toBe(true);
  });

  it('has each parameter of its path, and each parameter once', () => {
    const parameters = declared.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map((parameter) => parameter.name)).toEqual([...path.matchAll(TEMPLATE)].map(([, id]) => id));
    for (const parameter of inPath) expect(parameter.required).toBe(true);
    const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has the parameters of its filters, and of a page when it answers one', () => {
    const query = (declared.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const names = query.map((parameter) => parameter.name);
    const expected = expectedQuery(method, path, { isList: isList(operation), names });
    expect(names.sort()).toEqual([...expected].sort());
    if (query.length > 0) expect(statuses).toContain('400');
  });

  // The Swagger UI fills examples in: for an optional parameter one would narrow the answer unasked.
  it('explains each parameter, with a schema, and an example that fits it where one is needed', () => {
    const faults = (declared.parameters ?? []).flatMap((parameter: Parameter) => {
      const { name: of, schema, description, required, example = schema?.example } = parameter;
      if (!schema) return [`${of}: no schema`];
      const bare = says(description) === '' ? [`${of}: no description`] : [];
      if (example === undefined) return required ? [...bare, `${of}: no example`] : bare;
      return [...bare, ...faultsIn(document, schema, example, of)];
    });
    expect(faults).toEqual([]);
  });

  it('documents one success, and the refusals that every route has', () => {
    const successes = statuses.filter((status) => /^2/.test(status));
    expect(successes).toEqual(
      path.endsWith('/download') ? ['200', '206'] : [expect.stringMatching(/^(?:200|201|202|204)$/)],
    );
    expect(statuses).toEqual(expect.arrayContaining(EVERYWHERE.filter((one) => one !== '429' || !UNCOUNTED.includes(name))));
    if (path.includes('{id}')) expect(statuses).toContain('404');
    expect(statuses).not.toContain('422');
  });

  it('tells where something new is, and brings no body when it says so', () => {
    const { 201: created, 204: silent } = declared.responses;
    if (created) expect(Object.keys(created.headers ?? {})).toContain('Location');
    expect(Object.keys(silent?.content ?? {})).toEqual([]);
  });

  it('answers a success in the format of the face, or with the bytes of a file', () => {
    const expected = path.endsWith('/download') ? 'application/binary' : face.media;
    const successes = Object.entries(declared.responses).filter(([status]) => /^20[0126]$/.test(status));
    for (const [, { content }] of successes) expect(Object.keys(content ?? {})).toEqual([expected]);
  });

  it('describes each answer', () => {
    const undescribed = Object.entries(declared.responses).filter(([, { description }]) => says(description) === '');
    expect(undescribed.map(([status]) => status)).toEqual([]);
  });

  it('answers each refusal in the format of the face, with examples that have the status of the answer', () => {
    for (const [status, { content }] of refusalsOf(operation)) {
      expect(Object.keys(content ?? {})).toEqual([face.refusals]);
      const examples = Object.entries(content?.[face.refusals]?.examples ?? {});
      expect(examples.length).toBeGreaterThan(0);
      for (const [code, { value }] of examples) expect(face.codeOf(value, status)).toBe(code);
    }
  });

  it('documents each code once, and that a read refuses what it does not know', () => {
    const codes = refusalsOf(operation).flatMap(([status, { content }]) =>
      Object.values(content?.[face.refusals]?.examples ?? {}).map(({ value }) => face.codeOf(value, status)),
    );
    expect(codes.sort()).toEqual([...new Set(codes)].sort());
    if (method === 'GET' && !path.endsWith('/download')) expect(codes).toContain('unknown_member');
  });

  it('has a schema for each body, and examples that fit it and link what their relationships say', () => {
    const faults = mediaOf(operation).flatMap(([where, body]) => {
      const { schema } = body;
      if (!schema) return [`${where}: no schema`];
      return examplesOf(document, where, body).flatMap((value) => [
        ...faultsIn(document, schema, value, where),
        ...bodyLinkageFaults(path, value).map((fault) => `${where}: ${fault}`),
      ]);
    });
    expect(faults).toEqual([]);
  });

  it('has a request body where it reads one, in JSON, and refuses what is no such body', () => {
    const reads = readsBody(operation);
    expect(declared.requestBody !== undefined).toBe(reads);
    expect(statuses.includes('415')).toBe(reads);
    expect(statuses.includes('413')).toBe(reads);
    if (!reads) return;
    expect(statuses).toEqual(expect.arrayContaining(face.media === JSON_API ? ['400', '409'] : ['400']));
    expect(declared.requestBody?.required).toBe(!OPTIONAL_BODY.includes(name));
    const types = Object.keys(declared.requestBody?.content ?? {});
    expect(types).toEqual(expect.arrayContaining([...(UPLOADS[name] ?? face.bodies)]));
  });
});
