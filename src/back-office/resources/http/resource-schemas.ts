import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { resourceNamed } from '../catalogue/index.js';
import type { Derived, Field } from '../declaration/field.js';
import { MOST_CHILDREN } from '../declaration/limits.js';
import { externalNameOf, hasClient, isNullable, isReference, type Resource } from '../declaration/resource.js';
import { TARGETS } from '../declaration/targets.js';
import { answerExample, bodyExample, valueExample } from './examples.js';

type Schema = new () => object;

/** The classes that stand for a resource in the OpenAPI document. */
export interface Schemas {
  /** What answers show. */
  readonly answer: Schema;
  /** With which one is made. */
  readonly made: Schema;
  /** With which one is changed. */
  readonly changed: Schema;
  /** One row of many. */
  readonly row: Schema;
  /** One of a list in the body of its owner. */
  readonly child: Schema;
}

const MADE = new Map<string, Schemas>();

/** The schemas of a resource, made once. */
export function schemasOf(resource: Resource): Schemas {
  const known = MADE.get(resource.name);
  if (known) return known;
  const { schema } = resource;
  const schemas: Schemas = {
    answer: answerSchema(resource, `${schema}Dto`),
    made: bodySchema(resource, `New${schema}Body`, 'made'),
    changed: bodySchema(resource, `Changed${schema}Body`, 'changed'),
    row: bodySchema(resource, `${schema}RowBody`, 'row'),
    child: bodySchema(resource, `${schema}ChildBody`, 'child'),
  };
  MADE.set(resource.name, schemas);
  return schemas;
}

function named(name: string): Schema {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made;
}

function declare(schema: Schema, name: string, options: ApiPropertyOptions): void {
  ApiProperty(options)(schema.prototype as object, name);
}

const ID = { type: 'string', format: 'uuid' } as const;
const INSTANT = { type: 'string', format: 'date-time' } as const;
const EXTERNAL_ID = 'What the other system calls it; no two have the same';

function answerSchema(resource: Resource, name: string): Schema {
  const made = named(name);
  const example = answerExample(resource, false);
  const { fields, derived, children } = resource;
  declare(made, 'id', { ...ID, example: example['id'] });
  declare(made, 'externalId', {
    type: 'string',
    nullable: true,
    description: EXTERNAL_ID,
    example: example['externalId'],
  });
  if (hasClient(resource) && !Object.hasOwn(fields, 'clientId'))
    declare(made, 'clientId', { type: 'integer', format: 'int64', nullable: true, example: 500 });
  for (const [field, declared] of Object.entries(fields))
    declare(made, field, {
      ...typed(declared),
      nullable: isNullable(resource, field) || undefined,
      description: declared.description,
      example: example[field],
    });
  for (const [field, declared] of Object.entries(derived)) declare(made, field, derivedProperty(declared));
  for (const field of ['createdAt', 'updatedAt']) declare(made, field, { ...INSTANT, example: example[field] });
  for (const [list, of] of Object.entries(children))
    declare(made, list, {
      type: () => [schemasOf(resourceNamed(of)).answer],
      required: false,
      description: `In answers about one: the first ${MOST_CHILDREN}`,
    });
  return made;
}

function bodySchema(resource: Resource, name: string, use: 'made' | 'changed' | 'row' | 'child'): Schema {
  const made = named(name);
  const { fields, children, owner } = resource;
  const example = bodyExample(resource);
  if (use === 'child') declare(made, 'id', { ...ID, required: false, description: 'One that is in the list already' });
  declare(made, 'externalId', {
    type: 'string',
    maxLength: 255,
    required: use === 'row',
    nullable: use === 'row' ? undefined : true,
    description: EXTERNAL_ID,
    example: example['externalId'],
  });
  for (const [field, declared] of Object.entries(fields)) {
    if (use === 'child' && field === owner) continue;
    declare(made, field, {
      ...typed(declared),
      nullable: isNullable(resource, field) || undefined,
      required: Boolean(declared.required) && !isReference(declared) && (use === 'made' || use === 'child'),
      description: described(declared, use),
      example: valueExample(declared),
    });
    if (isReference(declared))
      declare(made, externalNameOf(field), {
        type: 'string',
        maxLength: 255,
        required: false,
        description: `Instead of ${field}: what the other system calls it`,
      });
  }
  for (const [list, of] of Object.entries(children))
    declare(made, list, {
      type: () => [schemasOf(resourceNamed(of)).child],
      required: false,
      description: `Given, these replace what is there; ${MOST_CHILDREN} at most`,
    });
  return made;
}

function described({ description, required }: Field, use: string): string | undefined {
  if (!required || use === 'changed' || use === 'child') return description;
  return [description, 'Needed for a new one'].filter(Boolean).join('. ');
}

/** The part of a schema that says what a value is. */
function typed(field: Field): Readonly<Record<string, unknown>> {
  switch (field.kind) {
    case 'text':
      return { type: 'string', maxLength: field.most };
    case 'oneOf':
      return { type: 'string', enum: [...field.values] };
    case 'integer':
      return { type: 'integer', minimum: field.least, maximum: field.most };
    case 'decimal':
      return { type: 'number', minimum: field.least };
    case 'boolean':
      return { type: 'boolean' };
    case 'integers':
      return { type: 'array', items: { type: 'integer', minimum: field.least, maximum: field.most }, minItems: 1 };
    case 'timeOfDay':
      return { type: 'string', maxLength: 5 };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'instant':
      return INSTANT;
    case 'texts':
      return { type: 'array', items: { type: 'string' }, maxItems: field.most };
    case 'json':
      return { type: 'object', additionalProperties: true };
    case 'reference':
      return TARGETS[field.to].isNumbered ? { type: 'integer', format: 'int64' } : ID;
    case 'target':
      return Object.values(field.to).some((to) => TARGETS[to].isNumbered) ? { type: 'string' } : ID;
    default:
      return { type: 'string' };
  }
}

const DERIVED: Readonly<Record<Derived['kind'], ApiPropertyOptions>> = {
  money: { type: 'number' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  text: { type: 'string' },
  instant: INSTANT,
  id: { type: 'integer', format: 'int64' },
  uuid: ID,
};

function derivedProperty({ kind, description, nullable, example }: Derived): ApiPropertyOptions {
  return { ...DERIVED[kind], description, nullable, example, readOnly: true };
}
