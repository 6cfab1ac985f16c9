import type { Actor, Clock } from '@portico/domain/kernel';
import { isUuid } from '@portico/domain/kernel';
import type { Database } from '../../../platform/database/database.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { FilterValue, ListRequest } from '../../../platform/http/back-office-list.js';
import { columnOf, type Resource } from '../declaration/resource.js';
import { above, rowColumns, treeColumns } from './row-json.sql.js';
import { Values } from './values.sql.js';
import { isEverybodys, isVisible } from './visibility.sql.js';

/** A part of a list, as the JSON that is sent, and how many rows there are in all. */
export interface ListPart {
  readonly json: string;
  readonly total: number;
}

/** Reads rows of all resources as the JSON of answers: one statement for each question, whatever the number of rows. */
export class ResourceReads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null when it is not there for the actor. */
  async find(actor: Actor, resource: Resource, id: string): Promise<string | null> {
    if (!isUuid(id)) return null;
    const { text, values } = this.single(actor, resource, id);
    const [row] = await this.database.query<{ json: string }>(prepared(text), values.all);
    return row?.json ?? null;
  }

  /** The same in the running unit of work. */
  async findWithin(actor: Actor, resource: Resource, id: string): Promise<string | null> {
    const { text, values } = this.single(actor, resource, id);
    const { sql, inOrder } = values.inlined(text);
    const [row]: { json: string }[] = await this.database.em.execute(sql, inOrder);
    return row?.json ?? null;
  }

  private single(actor: Actor, resource: Resource, id: string): { text: string; values: Values } {
    const values = new Values();
    const conditions = [...this.visible(actor, resource, values), `t.id = ${values.add(id)}::uuid`];
    const columns = this.dated(treeColumns(resource), values);
    const text = `select row_to_json(r)::text as json from (
      select ${columns} from ${resource.table} t${above(resource)} where ${conditions.join(' and ')}) r`;
    return { text, values };
  }

  /**
   * The page is cut out by an inner query whose limit is a round number of the text, so that a plan that is kept knows
   * how little of the list is wanted; what is derived is told for the rows of the page alone.
   */
  async list(actor: Actor, resource: Resource, request: ListRequest): Promise<ListPart> {
    const values = new Values();
    const filters = [...request.filters].map(([name, wanted]) => filter(resource, name, wanted, values));
    const where = [...this.visible(actor, resource, values), ...filters].join(' and ');
    const [limit, offset] = [values.add(request.limit), values.add(request.offset)];
    const columns = this.dated(rowColumns(resource), values);
    const text = `select (select count(*) from ${resource.table} t where ${where})::text as total,
      (select string_agg(row_to_json(r)::text, ',') from (
        select ${columns} from (
          select * from (
            select t.* from ${resource.table} t where ${where} order by ${order(resource, request)}
            limit ${roundedUp(request.limit + request.offset)}) t
          limit ${limit}::bigint offset ${offset}::bigint) t) r) as rows`;
    const statement = isSkewed(resource, request) ? { name: '', text } : prepared(text);
    const [found] = await this.database.list<{ total: string; rows: string | null }>(statement, values.all);
    return { json: `[${found?.rows ?? ''}]`, total: Number(found?.total ?? 0) };
  }

  private visible(actor: Actor, resource: Resource, values: Values): string[] {
    const firm = `t.firm_id = ${values.add(actor.firmId)}::bigint`;
    return actor.allDataAccess || isEverybodys(resource)
      ? [firm]
      : [firm, isVisible(resource, `${values.add(actor.userId)}::bigint`)];
  }

  private dated(sql: string, values: Values): string {
    if (!sql.includes('$today')) return sql;
    const today = values.add(this.clock.now().toISOString().slice(0, 10));
    return sql.replaceAll('$today', `${today}::date`);
  }
}

/**
 * Whether nothing but fields with few values of very different frequency, such as a status, narrows the list: a plan
 * that is kept would look for a rare one among all rows, so the statement is planned with its values each time.
 */
function isSkewed(resource: Resource, { filters }: ListRequest): boolean {
  const kinds = [...filters.keys()].map((name) => resource.fields[name]?.kind ?? 'reference');
  return kinds.some((kind) => SKEWED.has(kind)) && !kinds.some((kind) => kind === 'reference' || kind === 'target');
}

const SKEWED: ReadonlySet<string> = new Set(['oneOf', 'text', 'boolean']);

/** Rows that are alike are in the order in which they came, or in its reverse. */
function order(resource: Resource, { sort: { field, order: way } }: ListRequest): string {
  return `${column(resource, field)} ${way}, t.id ${way}`;
}

function column(resource: Resource, name: string): string {
  const derived = resource.derived[name];
  if (derived) return derived.sql;
  const field = resource.fields[name];
  return field?.shown ?? `t.${columnOf(name, field)}`;
}

/** The column has one of these values; null stands for none. */
function filter(resource: Resource, name: string, wanted: readonly FilterValue[], values: Values): string {
  const of = column(resource, name);
  const given = wanted.filter((value) => value !== null).map(storable);
  const parts = [
    ...(wanted.includes(null) ? [`${of} is null`] : []),
    ...(given.length > 0 ? [oneOf(of, typeOf(resource, name), given, values)] : []),
  ];
  return `(${parts.join(' or ')})`;
}

/** The database refuses text with a null character; nothing that it keeps has one. */
const storable = (value: FilterValue): FilterValue =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;

/** An instant is meant as answers show it: any moment of its second. */
function oneOf(of: string, type: string, given: readonly FilterValue[], values: Values): string {
  if (type === 'timestamptz')
    return given
      .map((value) => `date_trunc('second', ${values.add(value)}::timestamptz)`)
      .map((second) => `(${of} >= ${second} and ${of} < ${second} + interval '1 second')`)
      .join(' or ');
  const [only, ...others] = given;
  return others.length > 0 ? `${of} = any (${values.add(given)}::${type}[])` : `${of} = ${values.add(only)}::${type}`;
}

function typeOf(resource: Resource, name: string): string {
  const field = resource.fields[name];
  if (name === 'clientId') return 'bigint';
  if (name === 'createdAt') return 'timestamptz';
  if (!field) return name === 'externalId' ? 'text' : 'numeric';
  if (field.kind === 'reference')
    return field.to === 'clients' || field.to === 'contacts' || field.to === 'users' ? 'bigint' : 'uuid';
  if (field.kind === 'target') return Object.values(field.to).includes('clients') ? 'text' : 'uuid';
  return TYPES[field.kind] ?? 'text';
}

const TYPES: Readonly<Record<string, string>> = {
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  day: 'date',
  instant: 'timestamptz',
};

/** 100, 1000, 10000 …: few texts, so that few plans are kept. */
function roundedUp(rows: number): number {
  let round = 100;
  while (round < rows) round *= 10;
  return round;
}
