import { describe, expect, it } from '@jest/globals';
import type { OpenApiDocument, Schema } from '../support/openapi-document.js';
import { faultsIn } from './schema-check.js';

const document: OpenApiDocument = {
  openapi: '3.0.0',
  info: {},
  paths: {},
  components: {
    securitySchemes: {},
    schemas: { Name: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
  },
};
const name: Schema = { $ref: '#/components/schemas/Name' };

describe('The checker of examples', () => {
  it.each<[string, Schema, unknown]>([
    ['a string', { type: 'string' }, 'x'],
    ['an instant', { type: 'string', format: 'date-time' }, '2014-06-20T20:55:07Z'],
    ['a date', { type: 'string', format: 'date' }, '1990-10-31'],
    ['null where it may be', { type: 'string', nullable: true }, null],
    ['a reference', name, { name: 'x' }],
    ['a list', { type: 'array', items: name }, [{ name: 'x' }]],
    ['a list as long as it may be', { type: 'array', items: {}, minItems: 2, maxItems: 2 }, [1, 2]],
    ['one of several', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, 5],
    ['all of several', { allOf: [name] }, { name: 'x' }],
    ['an object of all parts', { type: 'object', nullable: true, allOf: [name] }, { name: 'x' }],
    ['members that may be added', { type: 'object', additionalProperties: name }, { x: { name: 'x' } }],
    ['a value of an enumeration', { type: 'string', enum: ['files'] }, 'files'],
  ])('accepts %s', (_says, schema, value) => {
    expect(faultsIn(document, schema, value)).toEqual([]);
  });

  it.each<[string, Schema, unknown]>([
    ['a number for a string', { type: 'string' }, 5],
    ['a string for a number', { type: 'number' }, '5'],
    ['a fraction for a whole number', { type: 'integer' }, 1.5],
    ['too small a number', { type: 'integer', minimum: 1 }, 0],
    ['a string for a boolean', { type: 'boolean' }, 'true'],
    ['a date for an instant', { type: 'string', format: 'date-time' }, '2014-06-20'],
    ['an instant for a date', { type: 'string', format: 'date' }, '2014-06-20T20:55:07Z'],
    ['a format that it does not know', { type: 'string', format: 'email' }, 'ann@example.test'],
    ['null', { type: 'string' }, null],
    ['a missing member', name, {}],
    ['a member of another type', name, { name: 5 }],
    ['a member that is not declared', name, { name: 'x', other: 1 }],
    ['a list for an object', name, []],
    ['a wrong item', { type: 'array', items: name }, [{ name: 'x' }, {}]],
    ['too short a list', { type: 'array', items: {}, minItems: 1 }, []],
    ['too long a list', { type: 'array', items: {}, maxItems: 1 }, [1, 2]],
    ['none of several', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, true],
    ['two of several', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, 5],
    ['what one part does not declare', { type: 'object', allOf: [name] }, { name: 'x', other: 1 }],
    ['a member that is none of those that may be added', { type: 'object', additionalProperties: name }, { x: {} }],
    ['another value than enumerated', { type: 'string', enum: ['files'] }, 'groups'],
  ])('refuses %s', (_says, schema, value) => {
    expect(faultsIn(document, schema, value)).toHaveLength(1);
  });

  it('refuses a keyword that it does not know, rather than pass it over', () => {
    expect(faultsIn(document, { type: 'string', pattern: 'x' } as Schema, 'y')).toHaveLength(1);
  });

  it('refuses a reference that leads nowhere', () => {
    expect(() => faultsIn(document, { $ref: '#/components/schemas/Nothing' }, {})).toThrow('leads nowhere');
  });
});
