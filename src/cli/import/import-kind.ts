import type { Type } from '@nestjs/common';
import type { Actor, Permission, Upserted } from '@portico/domain/kernel';
import type { FieldNames } from '../../platform/http/back-office-body.js';
import type { Token } from '../../platform/wiring.js';
import type { CellKind } from './cells.js';

/** A row as its use case takes it. */
export interface NamedRow {
  /** What the other system calls it. */
  readonly externalId: string;
}

/** A row of the file, and the line in which it begins. */
export interface Line<Row extends NamedRow> {
  readonly line: number;
  readonly row: Row;
}

export interface Upsert<Row> {
  execute(actor: Actor, rows: readonly Row[]): Promise<Upserted>;
}

/** What can be imported: rows of one list of the Back Office API, by the same names and the same rules. */
export interface ImportKind<Body extends object, Row extends NamedRow> {
  readonly what: 'clients' | 'contacts';
  /** The fields of `body`. */
  readonly columns: Readonly<Record<keyof Body & string, CellKind>>;
  /** What the API checks a row with. */
  readonly body: Type<Body>;
  /** What the API needs of the user. */
  readonly permissions: readonly Permission[];
  readonly useCase: Token<Upsert<Row>>;
  /** What the file calls the fields that the use case refuses. */
  readonly names: FieldNames;
  /** Instead of a column that the file has not: the column that says the same in another way. */
  readonly otherColumns: Readonly<Record<string, string>>;
  /** A row is taken in the first of these turns that it belongs to, so that what it refers to is there before it. */
  readonly turns: readonly ((row: Row) => boolean)[];
  /** Codes of refusals for which a row further down may do away with the reason. */
  readonly passing: ReadonlySet<string>;
  /** Selects `externalId` and, as a JSON object, `fields` of those that are there; its values: the firm, the names. */
  readonly presentFields: string;
  rowOf(body: Body): Row;
  /** What the use case asks of a row by itself. @throws InvalidField naming the first field that is refused */
  check(row: Row): void;
}
