import type { Reason } from '@portico/domain/kernel';
import type { Derived, Field } from './field.js';
import type { Reaching } from './reaching.js';
import type { Telling } from './telling.js';

/**
 * Whose rows they are: each of one client (`own`), of a client or of the firm (`optional`, without one everybody's;
 * `private`, without one only of those who may see all data), the client of the row that owns them (`ofOwner`), or the
 * firm's (`none`).
 */
export type Belonging = 'own' | 'optional' | 'private' | 'ofOwner' | 'none';

/** What is wrong with a value: the rest of a sentence that begins with its name, and the same for other languages. */
export interface Flaw {
  readonly message: string;
  readonly reason: Reason;
  readonly code?: string;
}

/** What is declared of a resource; everything else follows from it. */
export interface Declaration {
  /** As in its address: `invoice-line-items`. */
  readonly name: string;
  /** What a refusal, the history and the documents call one of them: `invoice line item`. */
  readonly singular: string;
  readonly description: string;
  readonly client: Belonging;
  readonly fields: Readonly<Record<string, Field>>;
  readonly derived?: Readonly<Record<string, Derived>>;
  /** The reference to the row of which these are a part, and with which they go. */
  readonly owner?: string;
  /** Lists that a body of one may carry, and an answer shows: by the name of the list, the name of the resource. */
  readonly children?: Readonly<Record<string, string>>;
  /** Fields by which lists are sorted, beside `createdAt`; each has an index. */
  readonly sorts?: readonly string[];
  /** Fields by which lists are filtered, beside references, `clientId` and `externalId`. */
  readonly filters?: readonly string[];
  /** Fields of which no two rows have the same values. */
  readonly unique?: readonly (readonly string[])[];
  /** What is wrong with the columns of a row as it would be, beyond what can be said of each field: by field. */
  readonly check?: (columns: Readonly<Record<string, unknown>>) => Readonly<Record<string, Flaw>>;
  /** Of what clients are told when a row is written. */
  readonly tells?: Telling;
  /** For what milestones of an onboarding wait: it has a client then. */
  readonly reaches?: Reaching;
  /** Whether the columns `created_by` and `updated_by` keep who wrote it. */
  readonly isAuthored?: boolean;
  /** How the rows of one owner are ordered. */
  readonly order?: string;
}

/** A resource of the Back Office API. */
export interface Resource extends Declaration {
  readonly table: string;
  /** The kind of thing in the history: `invoice_line_item`. */
  readonly subject: string;
  /** The name of its schema: `InvoiceLineItem`. */
  readonly schema: string;
  /** The declared fields, with `clientId` where a body may give it. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly derived: Readonly<Record<string, Derived>>;
  readonly children: Readonly<Record<string, string>>;
  readonly sorts: readonly string[];
  readonly filters: readonly string[];
  readonly unique: readonly (readonly string[])[];
}

/** Whether its rows have a client at all. */
export const hasClient = ({ client }: Pick<Declaration, 'client'>): boolean => client !== 'none';

/** The resource that a declaration describes. */
export function defineResource(declaration: Declaration): Resource {
  const { name, singular, client, fields } = declaration;
  const asksClient = client !== 'none' && client !== 'ofOwner';
  const clientId: Field = { kind: 'reference', to: 'clients', sameClient: false, example: 500 };
  const references = Object.keys(fields).filter((field) => isReference(fields[field]));
  return {
    ...declaration,
    fields: asksClient ? { clientId: { ...clientId, description: CLIENT[client] }, ...fields } : fields,
    table: name.replaceAll('-', '_'),
    subject: singular.toLowerCase().replaceAll(' ', '_'),
    schema: pascal(singular),
    derived: declaration.derived ?? {},
    children: declaration.children ?? {},
    sorts: declaration.sorts ?? [],
    filters: [
      'externalId',
      ...(hasClient(declaration) ? ['clientId'] : []),
      ...references,
      ...(declaration.filters ?? []),
    ],
    unique: declaration.unique ?? [],
  };
}

const CLIENT = {
  own: 'The client; may be left out where another reference tells it',
  optional: 'The client; null: for everybody',
  private: 'The client; null: of none',
} as const;

/** The column of a field: `dueDate` is `due_date`. */
export const columnOf = (name: string, field?: Field): string =>
  field?.column ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The field that gives a reference by the other system's name for it: `projectId` has `projectExternalId`. */
export const externalNameOf = (field: string): string => `${field.replace(/Id$/, '')}ExternalId`;

export function isReference(field: Field | undefined): field is Extract<Field, { kind: 'reference' | 'target' }> {
  return field?.kind === 'reference' || field?.kind === 'target';
}

/** Whether a row can have nothing in it. */
export function isNullable(resource: Resource, name: string): boolean {
  if (name === 'clientId') return resource.client === 'optional' || resource.client === 'private';
  const field = resource.fields[name];
  return !field?.required && field?.default === undefined && !field?.filled;
}

const pascal = (words: string): string => words.replace(/(?:^| )(\w)/g, (_all, letter: string) => letter.toUpperCase());
