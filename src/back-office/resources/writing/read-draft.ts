import { isId, isUuid } from '@portico/domain/kernel';
import { resourceNamed } from '../catalogue/index.js';
import type { Field } from '../declaration/field.js';
import { externalNameOf, isNullable, isReference, type Resource } from '../declaration/resource.js';
import { MOST_CHILDREN } from '../declaration/limits.js';
import { TARGETS } from '../declaration/targets.js';
import type { Draft, GivenReference } from './draft.js';
import { type Faults, FLAWS, type Place, tooMany } from './faults.js';
import { readValue } from './read-value.js';

const LONGEST_NAME = 255;

/** The place of a row in what is read, and whether it is a child of another. */
export interface RowContext {
  readonly place: Place;
  readonly isChild: boolean;
}

/** Reads one row of a body; what is wrong with it goes to `faults`. */
export function readDraft(resource: Resource, body: unknown, { place, isChild }: RowContext, faults: Faults): Draft {
  const reader = new DraftReader(resource, place, isChild, faults);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) faults.add(place, FLAWS.notObject);
  else for (const [name, raw] of Object.entries(body)) reader.read(name, raw);
  return reader.draft();
}

class DraftReader {
  private id: string | null = null;
  private externalId: string | null = null;
  private readonly values = new Map<string, unknown>();
  private readonly references: GivenReference[] = [];
  private readonly given = new Set<string>();
  private readonly children = new Map<string, readonly Draft[]>();

  constructor(
    private readonly resource: Resource,
    private readonly place: Place,
    private readonly isChild: boolean,
    private readonly faults: Faults,
  ) {}

  draft(): Draft {
    const { resource, place, id, externalId, values, references, given, children } = this;
    return { resource, place, id, externalId, values, references, given, children };
  }

  read(name: string, raw: unknown): void {
    const { fields, children, owner } = this.resource;
    if (name === 'externalId') this.readExternalId(raw);
    else if (name === 'id' && this.isChild) this.readId(raw);
    else if (Object.hasOwn(children, name)) this.readChildren(name, raw);
    else if (this.isChild && (name === owner || name === externalNameOf(owner ?? ''))) this.refuse(name);
    else if (Object.hasOwn(fields, name)) this.readField(name, raw);
    else this.readExternalReference(name, raw);
  }

  private refuse(name: string): void {
    this.faults.add([...this.place, name], FLAWS.unknown);
  }

  private readField(name: string, raw: unknown): void {
    const field = this.resource.fields[name] as Field;
    const place = [...this.place, name];
    if (this.given.has(name)) this.faults.add(place, FLAWS.twice);
    this.given.add(name);
    if (raw === null) {
      if (isNullable(this.resource, name)) this.values.set(name, null);
      else this.faults.add(place, FLAWS.isNull);
    } else if (isReference(field)) this.readReference(name, field, raw);
    else {
      const read = readValue(field, raw);
      if ('flaw' in read) this.faults.add(place, read.flaw);
      else this.values.set(name, read.value);
    }
  }

  /** An id is a number or text: which of both it must be is known from what it leads to. */
  private readReference(name: string, field: Field, raw: unknown): void {
    const place = [...this.place, name];
    const targets = field.kind === 'target' ? Object.values(field.to) : field.kind === 'reference' ? [field.to] : [];
    const isNumbered = targets.some((to) => TARGETS[to].isNumbered);
    const isUuidTarget = targets.some((to) => !TARGETS[to].isNumbered);
    const text = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
    const isFit = typeof text === 'string' && ((isNumbered && isId(text)) || (isUuidTarget && isUuid(text)));
    if (isFit) this.references.push({ field: name, by: 'id', value: text.toLowerCase(), place });
    else if (isUuidTarget) this.faults.add(place, { message: 'must be a UUID', reason: { kind: 'not_uuid' } });
    else this.faults.add(place, { message: 'must be an id', reason: { kind: 'not_id' } });
  }

  private readExternalReference(name: string, raw: unknown): void {
    const { fields, owner } = this.resource;
    const field = Object.keys(fields).find((one) => isReference(fields[one]) && externalNameOf(one) === name);
    if (field === undefined || (this.isChild && field === owner)) return this.refuse(name);
    const place = [...this.place, name];
    if (this.given.has(field)) return this.faults.add(place, FLAWS.twice);
    this.given.add(field);
    const value = this.nameIn(place, raw, isNullable(this.resource, field));
    if (value === null) this.values.set(field, null);
    else if (value !== undefined) this.references.push({ field, by: 'external', value, place });
  }

  private readExternalId(raw: unknown): void {
    this.given.add('externalId');
    const value = this.nameIn([...this.place, 'externalId'], raw, true);
    if (value !== undefined) this.externalId = value;
  }

  /** Undefined: there is a fault. */
  private nameIn(place: Place, raw: unknown, isNullable: boolean): string | null | undefined {
    if (raw === null && isNullable) return null;
    const read = readValue({ kind: 'text', most: LONGEST_NAME }, raw);
    if ('value' in read) return read.value as string;
    this.faults.add(place, raw === null ? FLAWS.isNull : read.flaw);
    return undefined;
  }

  private readId(raw: unknown): void {
    if (typeof raw === 'string' && isUuid(raw)) this.id = raw.toLowerCase();
    else this.faults.add([...this.place, 'id'], { message: 'must be a UUID', reason: { kind: 'not_uuid' } });
  }

  private readChildren(name: string, raw: unknown): void {
    const place = [...this.place, name];
    this.given.add(name);
    if (!Array.isArray(raw)) return this.faults.add(place, FLAWS.notList);
    if (raw.length > MOST_CHILDREN) return this.faults.add(place, tooMany(MOST_CHILDREN));
    const child = resourceNamed(this.resource.children[name] as string);
    const drafts = raw.map((row, at) => readDraft(child, row, { place: [...place, at], isChild: true }, this.faults));
    requireDistinctNames(drafts, this.faults);
    this.children.set(name, drafts);
  }
}

/** Each row is meant once: by its id, and by its name in the other system. */
export function requireDistinctNames(drafts: readonly Draft[], faults: Faults): void {
  const seen = new Set<string>();
  for (const { id, externalId, place } of drafts)
    for (const [name, value] of [
      ['id', id],
      ['externalId', externalId],
    ] as const) {
      if (value === null) continue;
      const key = `${name} ${value}`;
      if (seen.has(key)) faults.add([...place, name], FLAWS.twice);
      seen.add(key);
    }
}
