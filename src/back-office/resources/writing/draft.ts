import type { Resource } from '../declaration/resource.js';
import type { ReferenceTarget } from '../declaration/targets.js';
import type { Place } from './faults.js';

/** A reference as a body gives it: by the id, or by the other system's name. */
export interface GivenReference {
  readonly field: string;
  readonly by: 'id' | 'external';
  readonly value: string | number;
  readonly place: Place;
}

/** A row as a body gives it, checked for itself: what it leads to is not looked up yet. */
export interface Draft {
  readonly resource: Resource;
  readonly place: Place;
  /** Of a child that names the row that it is. */
  readonly id: string | null;
  readonly externalId: string | null;
  /** Values by field; null takes a value away. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly references: readonly GivenReference[];
  /** The fields that were given, rightly or not. */
  readonly given: ReadonlySet<string>;
  /** By the name of the list, for those lists that were given. */
  readonly children: ReadonlyMap<string, readonly Draft[]>;
}

/** A row as the database has it. */
export interface StoredRow {
  readonly id: string;
  readonly externalId: string | null;
  readonly clientId: string | null;
  readonly isVisible: boolean;
  /** Its columns, as JSON. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** A row on its way into the database. */
export interface Plan {
  readonly draft: Draft;
  readonly id: string;
  /** Null for a row that is to be made. */
  readonly before: StoredRow | null;
  readonly owner: Plan | null;
  /** Whether what is not given goes back to its default: the row is described as a whole. */
  readonly isWhole: boolean;
  /** The client of the row; undefined while it is not known. */
  clientId: string | null | undefined;
  /** Columns to be written. */
  readonly columns: Record<string, unknown>;
  /** What became of it: its columns afterwards, null when nothing changed. */
  after: Readonly<Record<string, unknown>> | null;
  readonly lists: Map<string, ChildList>;
}

/** A list of children that replaces what was there. */
export interface ChildList {
  readonly resource: Resource;
  readonly plans: readonly Plan[];
  /** What is no longer there. */
  readonly gone: readonly StoredRow[];
}

/** What a reference leads to. */
export interface Found {
  readonly id: string;
  readonly clientId: string | null;
}

/** Where references lead: by table and what was given. */
export type Lookup = (to: ReferenceTarget, reference: GivenReference) => Found | undefined;
