import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { withSharedParts } from './shared-parts.js';

const refusal = (...codes: string[]) => ({
  description: 'Bad Request',
  content: { 'application/json': { examples: Object.fromEntries(codes.map((code) => [code, { value: { code } }])) } },
});
const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
const named = (description: string) => ({ name: 'filter[name]', in: 'query', description });
const document = (...operations: object[]): OpenAPIObject =>
  ({
    paths: Object.fromEntries(operations.map((get, at) => [`/${at}`, { get }])),
    components: { schemas: { Thing: {} } },
  }) as unknown as OpenAPIObject;
const operationsOf = ({ paths }: OpenAPIObject) => Object.values(paths).map(({ get }) => get as unknown);
const to = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

describe('What several operations say', () => {
  it('stands once when it is alike, and is referred to', () => {
    const operation = { parameters: [limit], responses: { 200: {}, 400: refusal('b', 'a') } };
    const shared = withSharedParts(document(operation, operation));
    const expected = {
      parameters: [to('parameters', 'query.limit')],
      responses: { 200: {}, 400: to('responses', 'b.a') },
    };
    expect(operationsOf(shared)).toEqual([expected, expected]);
    expect(shared.components).toEqual({
      schemas: { Thing: {} },
      parameters: { 'query.limit': limit },
      responses: {
        'b.a': {
          description: 'Bad Request',
          content: { 'application/json': { examples: { b: to('examples', 'b'), a: to('examples', 'a') } } },
        },
      },
      examples: { a: { value: { code: 'a' } }, b: { value: { code: 'b' } } },
    });
  });

  it('stays where it is when one name means two things, or it is said once', () => {
    const body = (value: string) => ({ content: { 'application/json': { examples: { example: { value } } } } });
    const operations = [
      { parameters: [named('one')], requestBody: body('one'), responses: { 400: refusal('a'), 404: refusal('b') } },
      { parameters: [named('other')], requestBody: body('other'), responses: { 400: refusal('a', 'c') } },
    ];
    const shared = withSharedParts(document(...operations));
    const [one, other] = operationsOf(shared);
    const a = { 'application/json': { examples: { a: to('examples', 'a') } } };
    expect(one).toEqual({ ...operations[0], responses: { 400: { ...refusal(), content: a }, 404: refusal('b') } });
    expect(other).toMatchObject({ parameters: [named('other')], requestBody: body('other') });
    expect(shared.components).toEqual({ schemas: { Thing: {} }, examples: { a: { value: { code: 'a' } } } });
  });

  it('is called by signs that a component may have', () => {
    const said = { parameters: [named('one')], responses: {} };
    expect(Object.keys(withSharedParts(document(said, said)).components?.parameters ?? {})).toEqual([
      'query.filter-name',
    ]);
  });
});
