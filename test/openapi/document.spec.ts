import { describe, expect, it } from '@jest/globals';
import { DOCUMENT_NAMES, operationsOf, readDocument, target, writtenDocument } from '../support/openapi-document.js';
import { faceOf } from './faces.js';
import { faultsIn } from './schema-check.js';

interface Flows {
  readonly clientCredentials?: { readonly scopes: object; readonly tokenUrl: string };
  readonly authorizationCode?: object;
}

/** What a user can be permitted. */
const PERMISSIONS = readDocument('files-v1').components.schemas['UserAttributes']?.properties?.['permissions'];

describe.each(DOCUMENT_NAMES)('openapi/%s.json', (name) => {
  const document = readDocument(name);
  const written = writtenDocument(name);
  const operations = operationsOf(document);
  const face = faceOf(name);
  const { securitySchemes, schemas } = document.components;
  const { authorizationCode, clientCredentials } = (securitySchemes['oauth2']?.['flows'] ?? {}) as Flows;
  const scopesDeclared = Object.keys(clientCredentials?.scopes ?? {});

  it('is an OpenAPI 3 document that says what it is and where it is served', () => {
    expect(document.openapi).toMatch(/^3\.\d+\.\d+$/);
    for (const member of ['title', 'description', 'version']) expect(document.info[member]).toMatch(/\S/);
    expect(document.servers).toEqual(face.server === null ? [] : [{ url: face.server }]);
  });

  it('holds every route of the contract, and nothing twice', () => {
    const names = operations.map((operation) => operation.name);
    expect(names).toEqual(expect.arrayContaining([...face.routes]));
    expect(new Set(names.map((one) => one.replace(/\{\w+\}/g, '{}'))).size).toBe(names.length);
    const ids = operations.map(({ declared }) => declared.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no reference that leads nowhere, and no component that nobody refers to', () => {
    const references = [...JSON.stringify(written).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    for (const $ref of new Set(references)) expect(target(written, { $ref })).toBeDefined();
    const components = (['schemas', 'parameters', 'responses', 'examples'] as const).flatMap((kind) =>
      Object.keys(written.components[kind] ?? {}).map((one) => `#/components/${kind}/${one}`),
    );
    expect(components.filter((one) => !references.includes(one))).toEqual([]);
    for (const one of components) expect(one).toMatch(/^#\/components\/\w+\/[\w.-]+$/);
  });

  it('tells once what several operations tell alike: refusals, and what they look like', () => {
    const answers = operationsOf(written).flatMap(({ declared }) =>
      Object.entries(declared.responses).flatMap(([status, answer]) => (Number(status) >= 400 ? [answer] : [])),
    );
    const inPlace = [...answers, ...Object.values(written.components.responses ?? {})].filter(({ content }) => content);
    const examples = inPlace.flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ examples: named = {} }) => Object.values(named)),
    );
    const values = examples.filter((one) => !('$ref' in one));
    for (const told of [inPlace, values]) {
      const texts = told.map((one) => JSON.stringify(one));
      expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
    }
  });

  it('declares every security scheme and every scope that an operation names', () => {
    for (const { declared } of operations)
      for (const requirement of declared.security ?? [])
        for (const [scheme, scopes] of Object.entries(requirement)) {
          expect(Object.keys(securitySchemes)).toContain(scheme);
          for (const scope of scopes) expect(scopesDeclared).toContain(scope);
        }
    if (clientCredentials) expect(clientCredentials.tokenUrl).toBe('/oauth2/token');
    const urls = { authorizationUrl: '/oauth2/authorize', tokenUrl: '/oauth2/token', refreshUrl: '/oauth2/token' };
    const isForPeople = clientCredentials && !scopesDeclared.includes('PORTAL');
    expect(authorizationCode).toEqual(isForPeople ? { ...urls, scopes: clientCredentials.scopes } : undefined);
  });

  it('declares no scheme and no scope that no operation needs, and names permissions that a user can have', () => {
    const needs = operations.flatMap(({ declared }) => declared.security ?? []);
    expect(Object.keys(securitySchemes).sort()).toEqual([...new Set(needs.flatMap((one) => Object.keys(one)))].sort());
    expect(scopesDeclared.sort()).toEqual([...new Set(needs.flatMap(({ oauth2 = [] }) => oauth2))].sort());
    const permissions = operations.flatMap(({ declared }) => declared['x-permissions'] ?? []);
    expect(PERMISSIONS?.items?.enum).toEqual(expect.arrayContaining([...new Set(permissions)]));
  });

  it('has schemas with members whose examples fit', () => {
    const faults = Object.entries(schemas).flatMap(([schema, { properties = {} }]) =>
      Object.entries(properties).flatMap(([member, { example, ...property }]) =>
        example === undefined ? [] : faultsIn(document, property, example, `${schema}/${member}`),
      ),
    );
    expect(faults).toEqual([]);
  });
});

describe('openapi/files-v1.json', () => {
  const document = readDocument('files-v1');

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
