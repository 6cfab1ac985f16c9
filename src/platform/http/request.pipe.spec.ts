import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { RequestPipe } from './request.pipe.js';

class Inner {
  @IsOptional()
  @IsString()
  name?: string;
}

class Given extends Inner {
  @IsOptional()
  @ValidateNested()
  @Type(() => Inner)
  inner?: Inner;
}

const pass = (type: 'body' | 'query', value: unknown) => new RequestPipe().transform(value, { type, metatype: Given });

describe('the request pipe', () => {
  it('lets through what is declared', () => {
    expect(pass('body', { name: 'a', inner: { name: 'b' } })).toEqual({ name: 'a', inner: { name: 'b' } });
    expect(pass('query', { name: 'a' })).toEqual({ name: 'a' });
  });

  it.each(['colour', 'prototype', ...Object.getOwnPropertyNames(Object.prototype)])(
    'refuses %s, wherever it stands',
    (name) => {
      const refusal = (source: object) =>
        expect.objectContaining({ code: 'unknown_member', source }) as unknown as Error;
      const own = JSON.parse(`{"${name}":"x"}`) as object; // `__proto__` as a member of its own
      expect(() => pass('body', own)).toThrow(refusal({ pointer: `/${name}` }));
      expect(() => pass('body', { inner: own })).toThrow(refusal({ pointer: `/inner/${name}` }));
      expect(() => pass('query', own)).toThrow(refusal({ parameter: name }));
    },
  );
});
