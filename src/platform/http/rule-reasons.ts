import type { Reason, ReasonKind } from '@portico/domain/kernel';

/** The rules of class-validator and our own, and what a value that breaks one has done wrong. */
const KINDS: Readonly<Record<string, ReasonKind>> = {
  isDefined: 'missing',
  isNotEmpty: 'empty',
  whitelistValidation: 'unknown',
  isString: 'not_text',
  isBoolean: 'not_boolean',
  isInt: 'not_integer',
  isNumber: 'not_number',
  isObject: 'not_object',
  nestedValidation: 'not_object',
  isArray: 'not_list',
  isIn: 'not_one_of',
  isUuid: 'not_uuid',
  isResourceId: 'not_id',
  isGivenOnce: 'repeated',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_few',
  maxLength: 'too_long',
  minLength: 'too_short',
  min: 'too_small',
  max: 'too_great',
};

/** What is wrong with a value that breaks `rule`, of which `message` tells the limits. */
export function reasonOf(rule: string, message: string, value: unknown): Reason {
  if (value === undefined && rule !== 'whitelistValidation') return { kind: 'missing' };
  const kind = KINDS[rule] ?? 'wrong_format';
  const limit = Number(/-?\d+(?:\.\d+)?/.exec(message)?.[0] ?? 0);
  const among = /values: (.*)$/.exec(message)?.[1] ?? '';
  return { kind, values: { least: limit, most: limit, among } };
}
