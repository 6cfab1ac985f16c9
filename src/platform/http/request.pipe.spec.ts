import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { checkedRows, RequestPipe } from './request.pipe.js';

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

describe('What costs time to look at', () => {
  const refusal = (code: string) => expect.objectContaining({ code }) as unknown as Error;
  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 0]));

  it('is refused before it is looked at: members of one object, values of all together, nesting', () => {
    expect(() => pass('body', members(501))).toThrow(refusal('too_many_members'));
    expect(() => pass('body', { inner: members(501) })).toThrow(refusal('too_many_members'));
    expect(() => pass('query', members(501))).toThrow(refusal('too_many_members'));
    expect(() => pass('body', { inner: Array(20_000).fill(0) })).toThrow(refusal('too_many_members'));
    expect(() => pass('body', JSON.parse('{"inner":'.repeat(5000) + '1' + '}'.repeat(5000)))).toThrow(
      refusal('too_deep'),
    );
  });

  it('is told in a hundred faults at most, and of a name that somebody made up the beginning', () => {
    const faultsOf = (work: () => unknown): readonly { message: string; source: { pointer: string } }[] => {
      try {
        work();
      } catch (error) {
        return (error as { faults: [] }).faults;
      }
      return [];
    };
    expect(faultsOf(() => pass('body', members(500)))).toHaveLength(100);
    expect(faultsOf(() => checkedRows(Given, Array(1000).fill({ name: 1 })))).toHaveLength(100);
    const [fault] = faultsOf(() => pass('body', { ['x'.repeat(100_000)]: 1 }));
    expect(fault?.message.length).toBeLessThan(300);
    expect(fault?.source.pointer).toBe(`/${'x'.repeat(200)}…`);
  });
});
