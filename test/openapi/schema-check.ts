import { type OpenApiDocument, resolved, type Schema } from '../support/openapi-document.js';

const KNOWN = new Set([
  ...['type', 'format', 'nullable', 'enum', 'minimum', 'minItems', 'maxItems', 'items', 'properties', 'required', 'allOf', 'oneOf'],
  ...['minLength', 'maxLength', 'maximum', 'additionalProperties'],
  ...['description', 'example', 'default', 'title', 'readOnly'],
]);
const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
};

/** Where and why `value` is not what `schema` says; empty when it is. Knows the part of OpenAPI 3.0 that is in use. */
export function faultsIn(document: OpenApiDocument, schema: Schema, value: unknown, at = ''): string[] {
  const whole = resolved(document, schema);
  const unknown = Object.keys(whole).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) return [`${at}: the checker does not know ${unknown.join(', ')}`];
  if (value === null && whole.nullable) return [];
  const faults = typeFaults(document, whole, value, at);
  if (whole.enum && !whole.enum.includes(value)) faults.push(`${at}: not one of ${JSON.stringify(whole.enum)}`);
  for (const part of whole.allOf ?? []) faults.push(...faultsIn(document, part, value, at));
  if (whole.oneOf) {
    const fitting = whole.oneOf.filter((one) => faultsIn(document, one, value, at).length === 0).length;
    if (fitting !== 1) faults.push(`${at}: fits ${fitting} of oneOf`);
  }
  return faults;
}

function typeFaults(document: OpenApiDocument, schema: Schema, value: unknown, at: string): string[] {
  const refuse = (expected: string) => [`${at}: ${JSON.stringify(value)} is not ${expected}`];
  switch (schema.type) {
    case undefined:
      return [];
    case 'string':
      if (typeof value !== 'string') return refuse('a string');
      if ([...value].length < (schema.minLength ?? 0) || [...value].length > (schema.maxLength ?? Infinity))
        return refuse(`a string of ${schema.minLength ?? 0} to ${schema.maxLength ?? 'any number of'} characters`);
      if (schema.format === undefined) return [];
      return FORMATS[schema.format]?.test(value) ? [] : refuse(`a ${schema.format} as the checker knows it`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : refuse('a boolean');
    case 'integer':
    case 'number':
      if (typeof value !== 'number' || (schema.type === 'integer' && !Number.isInteger(value)))
        return refuse(schema.type);
      if (value > (schema.maximum ?? Infinity)) return refuse(`at most ${schema.maximum}`);
      return schema.minimum !== undefined && value < schema.minimum ? refuse(`at least ${schema.minimum}`) : [];
    case 'array':
      if (!Array.isArray(value)) return refuse('an array');
      if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity))
        return refuse(`an array of ${schema.minItems ?? 0} to ${schema.maxItems ?? 'any number of'} items`);
      return value.flatMap((item, index) => faultsIn(document, schema.items ?? {}, item, `${at}/${index}`));
    case 'object':
      return objectFaults(document, schema, value, at);
    default:
      return [`${at}: the checker does not know the type ${schema.type}`];
  }
}

/** A member that is not declared is a fault: examples show what is documented. */
function objectFaults(document: OpenApiDocument, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at}: ${JSON.stringify(value)} is not an object`];
  const { properties = {}, required = [], allOf } = schema;
  const ofPart = allOf !== undefined && schema.properties === undefined; // its parts declare the members
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const property = properties[name];
    if (property) return faultsIn(document, property, member, `${at}/${name}`);
    if (typeof schema.additionalProperties === 'object')
      return faultsIn(document, schema.additionalProperties, member, `${at}/${name}`);
    return ofPart || schema.additionalProperties ? [] : [`${at}/${name}: not declared`];
  });
  return [...missing, ...members];
}
