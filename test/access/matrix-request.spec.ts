import { describe, expect, it } from '@jest/globals';
import type { OpenApiDocument, Operation } from '../support/openapi-document.js';
import { mediaTypesOf, requestTo, substituted } from './matrix-request.js';
import { resourceOf } from './resources.js';

const JSON_API = 'application/vnd.api+json';
const given = { id: '7', ids: { entities: '5', groups: '6' }, attributes: { email: 'new@example.test' } };
const document: OpenApiDocument = {
  openapi: '3.0.0',
  info: {},
  servers: [{ url: '/api' }],
  paths: {},
  components: { schemas: { Body: { type: 'object' } }, securitySchemes: {} },
};
const operation: Operation = {
  name: 'PATCH /v1/files/{id}',
  method: 'PATCH',
  path: '/v1/files/{id}',
  declared: {
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'q', in: 'query', required: true, example: 'a b' },
      { name: 'page[limit]', in: 'query' },
      { name: 'X-Reason', in: 'header', required: true, schema: { example: 'why' } },
    ],
    responses: {},
    requestBody: {
      required: true,
      content: {
        [JSON_API]: { schema: { type: 'object' }, example: { data: { id: '1', type: 'files' } } },
        'application/json': { schema: { type: 'object' }, example: {} },
        'text/plain': { schema: { type: 'string' }, example: 'x' },
      },
    },
  },
};

describe('A request of the access matrix', () => {
  it('is made out of what the document requires, and of the id', () => {
    expect(requestTo(operation, document, given)).toEqual({
      method: 'PATCH',
      path: '/api/v1/files/7?q=a%20b',
      headers: { 'X-Reason': 'why', 'Content-Type': JSON_API },
      body: Buffer.from('{"data":{"id":"7","type":"files"}}'),
    });
  });

  it('is made with each kind of body, and without one that is optional', () => {
    expect(mediaTypesOf(operation)).toEqual([JSON_API, 'text/plain']);
    const { requestBody } = operation.declared;
    const optional = { ...operation.declared, requestBody: requestBody && { ...requestBody, required: false } };
    expect(mediaTypesOf({ ...operation, declared: optional })).toEqual([JSON_API, 'text/plain', undefined]);
    expect(mediaTypesOf({ ...operation, declared: { responses: {} } })).toEqual([undefined]);
  });

  it('names resources that exist, each once', () => {
    const entities = [
      { type: 'entities', id: '100' },
      { type: 'entities', id: 101 },
    ];
    expect(substituted({ data: entities }, given)).toEqual({ data: [{ type: 'entities', id: '5' }] });
    const attributes = { default: { entity_id: '22', group_id: null }, email: 'a@example.test' };
    const example = {
      data: {
        type: 'entities',
        id: '1',
        attributes,
        relationships: { groups: { data: [{ type: 'groups', id: '2' }] } },
      },
    };
    expect(substituted(example, given)).toEqual({
      data: {
        type: 'entities',
        id: '7',
        attributes: { default: { entity_id: '5', group_id: null }, email: 'new@example.test' },
        relationships: { groups: { data: [{ type: 'groups', id: '6' }] } },
      },
    });
  });

  it('adds nothing that the example does not have', () => {
    const example = { data: { type: 'files', attributes: { name: 'x' } } };
    expect(substituted(example, given)).toEqual(example);
  });

  it('changes the members of a body that has no data', () => {
    const example = { email: 'a@example.test', name: 'x' };
    expect(substituted(example, given)).toEqual({ email: 'new@example.test', name: 'x' });
  });
});

describe('The table of resources', () => {
  it('knows the longest path that fits, and whole names only', () => {
    const about = (path: string) => resourceOf({ ...operation, path });
    expect(about('/v1/archive/files/{id}/download')).not.toBe(about('/v1/files/{id}'));
    expect(about('/v1/files')).toBe(about('/v1/files/{id}/associated_groups'));
    expect(() => about('/v1/files_of_others')).toThrow();
  });

  it('says what to add for a resource that it does not know', () => {
    const stranger = { ...operation, name: 'GET /v1/invoices', path: '/v1/invoices' };
    expect(() => resourceOf(stranger)).toThrow(/^GET \/v1\/invoices .* RESOURCES in test\/access\/resources.ts/);
  });
});
