import { describe, expect, it } from '@jest/globals';
import {
  exampleOf,
  type MediaType,
  operationsOf,
  type Parameter,
  readDocument,
  resolved,
  type Schema,
} from '../support/openapi-document.js';
import { faultsIn } from './schema-check.js';

const document = readDocument();
const operations = operationsOf(document);
const FACE = 'application/vnd.api+json';
const EVERYWHERE = ['401', '403', '429', '500', '503'];
const TEMPLATE = /\{(\w+)\}/g;

const says = (text: string | undefined): string => (text ?? '').trim();

describe('openapi/files-v1.json', () => {
  it('is an OpenAPI 3 document that says what it is and where it is served', () => {
    expect(document.openapi).toMatch(/^3\.\d+\.\d+$/);
    for (const name of ['title', 'description', 'version']) expect(document.info[name]).toMatch(/\S/);
    expect(document.servers).toEqual([{ url: '/api' }]);
  });

  it('holds every route of the issue, and nothing twice', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining([
        'DELETE /v1/files/{id}',
        'GET /v1/archive/files',
        'GET /v1/archive/files/{id}',
        'GET /v1/archive/files/{id}/download',
        'GET /v1/files',
        'GET /v1/files/{id}',
        'GET /v1/files/{id}/download',
        'PATCH /v1/files/{id}',
        'POST /v1/archive/files/{id}/restore',
        'POST /v1/files',
      ]),
    );
    const ids = operations.map(({ declared }) => declared.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no reference that leads nowhere, and no schema that nobody refers to', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    for (const $ref of references) expect(resolved(document, { $ref })).toBeDefined();
    for (const name of Object.keys(document.components.schemas))
      expect(references).toContain(`#/components/schemas/${name}`);
  });

  it('declares every security scheme and every scope that an operation names', () => {
    const { securitySchemes } = document.components;
    const flows = securitySchemes['oauth2']?.['flows'] as Record<string, { scopes: object; tokenUrl: string }>;
    for (const { declared } of operations)
      for (const requirement of declared.security ?? [])
        for (const [scheme, scopes] of Object.entries(requirement)) {
          expect(Object.keys(securitySchemes)).toContain(scheme);
          for (const scope of scopes) expect(Object.keys(flows['clientCredentials']?.scopes ?? {})).toContain(scope);
        }
    expect(flows['clientCredentials']?.tokenUrl).toBe('/oauth2/token');
  });

  it('documents the attributes of the seed, and those of the contract', () => {
    const { FileAttributes } = document.components.schemas;
    expect(Object.keys(FileAttributes?.properties ?? {}).sort()).toEqual(
      [
        'name',
        'content_type',
        'created_at',
        'modified_at',
        'deleted_at',
        'bytes',
        'is_folder',
        'parent_folder_id',
        'sha256',
      ].sort(),
    );
    const types = Object.entries(FileAttributes?.properties ?? {}).map(([name, { type }]) => [name, type]);
    expect(Object.fromEntries(types)).toMatchObject({
      name: 'string',
      bytes: expect.stringMatching(/^(?:integer|number)$/),
      is_folder: 'boolean',
    });
  });
});

describe.each(operations)('$name in openapi/files-v1.json', ({ path, declared }) => {
  it('has an id, a summary, a description, a tag, and says who may call it', () => {
    expect(declared.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(says(declared.summary)).not.toBe('');
    expect(says(declared.description)).not.toBe('');
    expect(declared.tags).toHaveLength(1);
    expect(declared.security).toHaveLength(2);
    expect(Array.isArray(declared['x-permissions'])).toBe(true);
  });

  it('has each parameter of its path, and each parameter once', () => {
    const parameters = declared.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(TEMPLATE)].map(([, name]) => name));
    for (const parameter of inPath) expect(parameter.required).toBe(true);
    const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  // The Swagger UI fills examples in: for an optional parameter one would narrow the answer unasked.
  it('explains each parameter, with a schema, and an example that fits it where one is needed', () => {
    const faults = (declared.parameters ?? []).flatMap((parameter: Parameter) => {
      const { name, schema, description, required, example = schema?.example } = parameter;
      if (!schema) return [`${name}: no schema`];
      const bare = says(description) === '' ? [`${name}: no description`] : [];
      if (example === undefined) return required ? [...bare, `${name}: no example`] : bare;
      return [...bare, ...faultsIn(document, schema, example, name)];
    });
    expect(faults).toEqual([]);
  });

  it('documents a success and the refusals that every route has', () => {
    const statuses = Object.keys(declared.responses);
    expect(statuses.filter((status) => /^2/.test(status)).length).toBeGreaterThan(0);
    expect(statuses).toEqual(expect.arrayContaining(EVERYWHERE));
    if (path.includes('{id}')) expect(statuses).toContain('404');
    expect(statuses).not.toContain('422');
  });

  it('describes each answer', () => {
    const undescribed = Object.entries(declared.responses).filter(([, { description }]) => says(description) === '');
    expect(undescribed.map(([status]) => status)).toEqual([]);
  });

  it('answers each refusal in the format of the face, with examples that have the status of the answer', () => {
    for (const [status, { content }] of Object.entries(declared.responses).filter(([code]) => Number(code) >= 400)) {
      expect(Object.keys(content ?? {})).toEqual([FACE]);
      const examples = Object.entries(content?.[FACE]?.examples ?? {});
      expect(examples.length).toBeGreaterThan(0);
      for (const [code, { value }] of examples) expect(value).toMatchObject({ errors: [{ status, code }] });
    }
  });

  const media: [string, MediaType][] = [
    ...Object.entries(declared.requestBody?.content ?? {}).map(([type, body]): [string, MediaType] => [
      `body ${type}`,
      body,
    ]),
    ...Object.entries(declared.responses).flatMap(([status, { content }]) =>
      Object.entries(content ?? {}).map(([type, body]): [string, MediaType] => [`${status} ${type}`, body]),
    ),
  ];
  const isBinary = ({ schema }: MediaType): boolean => schema?.format === 'binary';

  it('has a schema for each body, and examples that fit it', () => {
    const faults = media.flatMap(([where, body]) => {
      if (!body.schema) return [`${where}: no schema`];
      if (isBinary(body)) return [];
      const schema: Schema = body.schema;
      const values = Object.values(body.examples ?? {}).map(({ value }) => value);
      if (values.length === 0 && !where.includes('multipart')) values.push(exampleOf(document, body));
      return values.flatMap((value) => faultsIn(document, schema, value, where));
    });
    expect(faults).toEqual([]);
  });

  it('has a request body where it refuses one of another type', () => {
    const readsBody = '415' in declared.responses;
    expect(declared.requestBody !== undefined).toBe(readsBody);
    if (readsBody) expect(declared.requestBody?.required).toBe(true);
  });
});

describe('The schemas of openapi/files-v1.json', () => {
  it.each(Object.entries(document.components.schemas))(
    '%s has members whose examples fit',
    (name, { properties = {} }) => {
      const faults = Object.entries(properties).flatMap(([member, schema]) =>
        schema.example === undefined ? [] : faultsIn(document, schema, schema.example, `${name}/${member}`),
      );
      expect(faults).toEqual([]);
    },
  );
});
