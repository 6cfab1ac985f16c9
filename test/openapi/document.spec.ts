import { describe, expect, it } from '@jest/globals';
import { operationsOf, readDocument, resolved } from '../support/openapi-document.js';
import { EXPECTED_ROUTES } from './routes.js';
import { faultsIn } from './schema-check.js';

const document = readDocument();
const operations = operationsOf(document);

describe('openapi/files-v1.json', () => {
  it('is an OpenAPI 3 document that says what it is and where it is served', () => {
    expect(document.openapi).toMatch(/^3\.\d+\.\d+$/);
    for (const name of ['title', 'description', 'version']) expect(document.info[name]).toMatch(/\S/);
    expect(document.servers).toEqual([{ url: '/api' }]);
  });

  it('holds every route of the issue, and nothing twice', () => {
    const names = operations.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...EXPECTED_ROUTES]));
    expect(new Set(names.map((name) => name.replace(/\{\w+\}/g, '{}'))).size).toBe(names.length);
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

  it('declares no scope that no operation needs, and names permissions that a user can have', () => {
    const named = operations.flatMap(({ declared }) => declared.security ?? []).flatMap(({ oauth2 = [] }) => oauth2);
    const needed = operations.flatMap(({ declared }) => declared['x-permissions'] ?? []);
    const { oauth2 } = document.components.securitySchemes;
    const flows = oauth2?.['flows'] as Record<string, { scopes: object }>;
    expect(Object.keys(flows['clientCredentials']?.scopes ?? {}).sort()).toEqual([...new Set(named)].sort());
    const { permissions } = document.components.schemas['UserAttributes']?.properties ?? {};
    expect(permissions?.items?.enum).toEqual(expect.arrayContaining([...new Set(needed)]));
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
