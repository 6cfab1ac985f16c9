import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { BackOfficeApi, staff } from '../../support/back-office-api.js';
import {
  exampleOf,
  type OpenApiDocument,
  readDocument,
  resolved,
  type Schema,
} from '../../support/openapi-document.js';
import type { Portico } from '../../support/portico.js';
import { type ResourceFacts, TABLE } from './resource-table.js';

export type Row = Readonly<Record<string, unknown>>;
const DOCUMENT: OpenApiDocument = readDocument('back-office-v2');
let count = 0;

/** One firm, as those see it who may see all of it, with two clients; makes rows of every resource. */
export class ResourceWorld {
  private readonly made = new Map<string, Promise<number | string>>();

  private constructor(
    readonly api: BackOfficeApi,
    readonly mine: Row,
    readonly other: Row,
  ) {}

  static async of(api: BackOfficeApi): Promise<ResourceWorld> {
    return new ResourceWorld(
      api,
      await api.create('/clients', { name: 'Mine', currency: 'EUR' }),
      await api.create('/clients', { name: 'Other', currency: 'EUR' }),
    );
  }

  /** A world in the first firm of a server. */
  static async first(server: Portico): Promise<ResourceWorld> {
    return ResourceWorld.of(await BackOfficeApi.of(server));
  }

  /** The id of some row of a resource, of a client where it has one. */
  need(resource: string, client: Row = this.mine): Promise<number | string> {
    const key = `${resource} ${String(client['id'])}`;
    const known = this.made.get(key) ?? this.found(resource, client);
    this.made.set(key, known);
    return known;
  }

  /** A body with which a row is made: the example of the document, with what it leads to. */
  async body(resource: string, client: Row = this.mine): Promise<Record<string, unknown>> {
    const { references = {}, owner, fresh = [], apart, client: whose } = factsOf(resource);
    const example = renamed(exampleBody(resource)) as Record<string, unknown>;
    if (whose === 'own' || whose === 'optional') example['clientId'] = client['id'];
    for (const [field, to] of Object.entries(references)) {
      if (!(field in example)) continue;
      example[field] = await (field === owner || fresh.includes(field)
        ? this.another(to, client)
        : this.need(to, client));
    }
    for (const member of (example['members'] ?? []) as Record<string, unknown>[])
      member['userId'] = await this.need('users', client);
    if (apart) example[apart] = `${apart}-${++count}`;
    return example;
  }

  /** A new row. */
  async create(resource: string, client: Row = this.mine, changes: Row = {}): Promise<Row> {
    return this.api.create(`/${resource}`, { ...(await this.body(resource, client)), ...changes });
  }

  /** A new row without children. */
  async bare(resource: string, client: Row = this.mine): Promise<Row> {
    const lists = Object.entries(fieldsOf(resource, 'body')).filter(([, { items }]) => items?.$ref !== undefined);
    const none = Object.fromEntries(lists.map(([list]) => [list, []]));
    return this.create(resource, client, none);
  }

  private async another(resource: string, client: Row): Promise<string> {
    return String((await this.bare(resource, client))['id']);
  }

  private async found(resource: string, client: Row): Promise<number | string> {
    if (resource === 'clients') return client['id'] as number;
    if (resource === 'users') return staffId(this.api);
    if (resource === 'contacts') {
      const contact = await this.api.create('/contacts', { firstName: 'A', lastName: 'B', clientId: client['id'] });
      return contact.id;
    }
    return this.another(resource, client);
  }
}

async function staffId(api: BackOfficeApi): Promise<number> {
  const users = await api.read<readonly { id: number }[]>('/users');
  return Number(users[0]?.id);
}

/** A user of the first firm who sees what is of one client, and nothing else. */
export async function restrictedTo(server: Portico, client: Row): Promise<BackOfficeApi> {
  const data = [{ type: 'entities', id: String(client['entityId']) }];
  const attributes = { permissions: ['back_office'], all_data_access: false };
  const email = await staff(server, attributes, { permissioned_entities: { data } });
  return BackOfficeApi.signedIn(server.url, email);
}

export function factsOf(resource: string): ResourceFacts {
  const facts = TABLE[resource];
  if (!facts) throw new Error(`nothing is known of ${resource}`);
  return facts;
}

/** The fields of a body, or of an answer, as the document declares them. */
export function fieldsOf(resource: string, of: 'body' | 'answer'): Readonly<Record<string, Schema>> {
  const path = DOCUMENT.paths[`/api/v2/${resource}`]?.['post'];
  const content = of === 'body' ? path?.requestBody?.content : path?.responses['201']?.content;
  return resolved(DOCUMENT, content?.['application/json']?.schema ?? {}).properties ?? {};
}

/** The fields that must be given. */
export function requiredOf(resource: string): readonly string[] {
  const body = DOCUMENT.paths[`/api/v2/${resource}`]?.['post']?.requestBody?.content['application/json'];
  return resolved(DOCUMENT, body?.schema ?? {}).required ?? [];
}

/** The parameters of the list, and the values of `sort_by`. */
export function listOf(resource: string): { filters: string[]; sorts: readonly string[] } {
  const { parameters = [] } = DOCUMENT.paths[`/api/v2/${resource}`]?.['get'] ?? {};
  const filters = parameters.flatMap(({ name }) => /^filter\[(\w+)\]$/.exec(name)?.[1] ?? []);
  const sorts = (parameters.find(({ name }) => name === 'sort_by')?.schema?.enum ?? []) as string[];
  return { filters, sorts };
}

function exampleBody(resource: string): unknown {
  const body = DOCUMENT.paths[`/api/v2/${resource}`]?.['post']?.requestBody?.content['application/json'];
  return structuredClone(exampleOf(DOCUMENT, body ?? {}));
}

/** The same with names in the other system that nobody has yet. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === 'externalId' ? randomUUID() : renamed(member)]),
  );
}

/** The fields that a problem names. */
export function namedFields(answer: Response): string[] {
  const { errors = [] } = answer.body as { errors?: readonly { field: string }[] };
  return errors.map(({ field }) => field);
}

/** Another value of a field than `value`. */
export function otherValue(schema: Schema, value: unknown): unknown {
  if (schema.enum) return schema.enum.find((one) => one !== value && one !== null);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return typeof value === 'number' ? value + 1 : 3;
    case 'boolean':
      return value !== true;
    case 'array':
      return ['Something else'];
    case 'object':
      return { something: { else: [1, 'two', null] } };
    default:
      return otherText(schema, value);
  }
}

function otherText({ format, example }: Schema, value: unknown): string {
  if (format === 'date') return value === '2027-12-24' ? '2027-12-25' : '2027-12-24';
  if (format === 'date-time') return '2027-12-24T10:00:00Z';
  const [like = 'text'] = [value, example].filter((one) => typeof one === 'string');
  if (like.startsWith('#')) return '#102030';
  if (/^\d{4}-Q\d$/.test(like)) return '2027-Q4';
  return /^[A-Z]{3}$/.test(like) ? 'JPY' : `${like}2`;
}

/** A value that no field of this type takes. */
export const wrongValue = ({ type }: Schema): unknown => (type === 'string' ? true : 'zero');
