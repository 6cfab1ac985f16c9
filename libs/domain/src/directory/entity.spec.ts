import { describe, expect, it } from '@jest/globals';
import { anEntity } from '@portico/testing';
import { InvalidField } from '../kernel/index.js';

const now = new Date('2026-02-03T04:05:06Z');
const refusalOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof InvalidField ? error.field : error;
  }
};

describe('an entity', () => {
  it('keeps names in NFC, kinds and currencies in upper case, and what is not given as null', () => {
    expect({ ...anEntity({ originalName: 'Ame\u0301lie', modelType: 'person_node', currencyFactor: 'usd' }) }).toEqual({
      id: undefined,
      firmId: '1',
      originalName: 'Am\u00e9lie',
      displayName: null,
      modelType: 'PERSON_NODE',
      currencyFactor: 'USD',
      externalId: null,
      createdAt: new Date('2026-01-01T00:00:00Z'),
      modifiedAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it.each(['a', 'é'.repeat(255), '𝒜'.repeat(255), "O'Hara & Sons / Trust \\ 2"])('may be called %s', (name) => {
    expect(anEntity({ originalName: name, displayName: name, externalId: name })).toMatchObject({
      originalName: name,
      displayName: name,
      externalId: name,
    });
  });

  it.each(['', ' ', 'a'.repeat(256), 'a\nb', 'a\u0000', '\ud800'])('may not be called %j', (name) => {
    expect(refusalOf(() => anEntity({ originalName: name }))).toBe('originalName');
    expect(refusalOf(() => anEntity({ displayName: name }))).toBe('displayName');
    expect(refusalOf(() => anEntity({ externalId: name }))).toBe('externalId');
  });

  it.each(['TRUST', 'bond', 'A', 'X_1', 'A'.repeat(64)])('may be a %s', (modelType) => {
    expect(anEntity({ modelType }).modelType).toBe(modelType.toUpperCase());
  });

  it.each(['', '1A', '_A', 'A-B', 'A B', 'Ä', 'ß', 'A'.repeat(65), 'A\n'])('may not be a %j', (modelType) => {
    expect(refusalOf(() => anEntity({ modelType }))).toBe('modelType');
  });

  it.each(['', 'U', 'U$', '1USD', 'US D', 'A'.repeat(17)])('has no currency %j', (currencyFactor) => {
    expect(refusalOf(() => anEntity({ currencyFactor }))).toBe('currencyFactor');
  });

  it('tells what a change changed, and was modified only then', () => {
    const entity = anEntity({ displayName: 'Mr. Smith' });
    expect(entity.revise({ originalName: 'Adam Smith', modelType: 'person_node', externalId: null }, now)).toEqual({});
    expect(entity.modifiedAt).toEqual(entity.createdAt);
    expect(entity.revise({ displayName: null, externalId: 'crm-1', modelType: 'TRUST' }, now)).toEqual({
      displayName: { from: 'Mr. Smith', to: null },
      externalId: { from: null, to: 'crm-1' },
      modelType: { from: 'PERSON_NODE', to: 'TRUST' },
    });
    expect(entity).toMatchObject({ displayName: null, externalId: 'crm-1', modelType: 'TRUST', modifiedAt: now });
  });

  it('stays as it was when one of the fields is refused', () => {
    const entity = anEntity();
    expect(refusalOf(() => entity.revise({ originalName: 'Other', modelType: '' }, now))).toBe('modelType');
    expect(entity).toMatchObject({ originalName: 'Adam Smith', modifiedAt: entity.createdAt });
  });
});
