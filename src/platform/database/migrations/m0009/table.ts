/** What a table of the Back Office has beside the columns that all of them have. */
export interface TablePlan {
  /** Whose rows they are: of a client, of a client or of none, of the client of the row that owns them, of the firm. */
  readonly client: 'own' | 'optional' | 'ofOwner' | 'none';
  readonly columns: string;
  /** The column and table of the row of which these are a part, and with which they go. */
  readonly owner?: readonly [string, string];
  /** By column: other rows of the firm. */
  readonly references?: Readonly<Record<string, string>>;
  /** By column: other rows of the same client. */
  readonly ofSameClient?: Readonly<Record<string, string>>;
  /** Columns in whose order lists are read, or by which they are filtered. */
  readonly listed?: readonly string[];
  readonly unique?: Readonly<Record<string, string>>;
}

/**
 * A table and its indexes. A reference to a row of the same client holds the client too, so that nothing else can stand
 * in it; where a row has no client, only the firm is compared.
 */
export function table(name: string, plan: TablePlan): string {
  const { client, columns, unique = {} } = plan;
  const constraints = [
    'unique (firm_id, id)',
    `constraint ${name}_external_id_key unique (firm_id, external_id)`,
    ...(client === 'none' ? [] : [`constraint ${name}_client_key unique (firm_id, client_id, id)`]),
    ...(client === 'own' || client === 'optional' ? [toFirm(name, 'client_id', 'clients')] : []),
    ...Object.entries(unique).map(
      ([of, keys]) => `constraint ${name}_${of}_key unique nulls not distinct (${keys}) deferrable initially immediate`,
    ),
    ...referencesOf(name, plan),
  ];
  return `
create table ${name} (
  id uuid primary key,
  firm_id bigint not null references firms (id),
  external_id text check (char_length(external_id) between 1 and 255),
  ${client === 'none' ? '' : `client_id bigint${client === 'own' ? ' not null' : ''},`}
  ${columns.trim()},
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null default 1,
  ${constraints.join(',\n  ')}
);
${indexesOf(name, plan).join('\n')}
`;
}

function referencesOf(name: string, plan: TablePlan): string[] {
  const { client, owner, references = {}, ofSameClient = {} } = plan;
  const owned =
    owner === undefined
      ? []
      : client === 'none'
        ? [toFirm(name, ...owner, 'on delete cascade')]
        : [
            toClient(name, ...owner, 'on update cascade on delete cascade'),
            `constraint ${name}_${owner[0]}_owner foreign key (firm_id, ${owner[0]}) references ${owner[1]} (firm_id, id)
    on delete cascade`,
          ];
  return [
    ...owned,
    ...Object.entries(references).map(([column, to]) => toFirm(name, column, to)),
    ...Object.entries(ofSameClient).map(([column, to]) => toClient(name, column, to)),
  ];
}

const toFirm = (name: string, column: string, to: string, then = '') =>
  `constraint ${name}_${column}_ref foreign key (firm_id, ${column}) references ${to} (firm_id, id) ${then}`.trim();
const toClient = (name: string, column: string, to: string, then = '') =>
  `constraint ${name}_${column}_ref foreign key (firm_id, client_id, ${column})
    references ${to} (firm_id, client_id, id) ${then}`.trim();

/** `bigint` and `uuid` columns that lead to other rows are looked up when those are removed. */
function indexesOf(name: string, plan: TablePlan): string[] {
  const { owner, references = {}, ofSameClient = {}, listed = [] } = plan;
  const leading = Object.keys({ ...references, ...ofSameClient });
  return [
    ...(owner ? [`create index ${name}_by_${owner[0]} on ${name} (${owner[0]}, id);`] : []),
    ...leading.map(
      (column) => `create index ${name}_by_${column} on ${name} (${column}, id) where ${column} is not null;`,
    ),
    ...['created_at', ...listed].map(
      (column) => `create index ${name}_listed_by_${column} on ${name} (firm_id, ${column}, id);`,
    ),
  ];
}

/** The check of a column of text. */
export const upTo = (column: string, most: number): string =>
  `${column} text check (char_length(${column}) between 1 and ${most})`;

/** The check of a column with few values. */
export const among = (column: string, values: readonly string[]): string =>
  `${column} text check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`;

/** A column for a name by which programs know a thing. */
export const slug = (column: string, most = 60): string =>
  `${column} text check (char_length(${column}) <= ${most} and ${column} collate "C" ~ '^[A-Za-z0-9][A-Za-z0-9_.-]*$')`;

/** A column for the code of a currency. */
export const CURRENCY = `currency text not null check (currency collate "C" ~ '^[A-Z]{3}$')`;
