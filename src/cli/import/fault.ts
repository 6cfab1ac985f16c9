/** What is wrong with a file, and where: the number of the line in which the row begins, and the column if it is one. */
export interface Fault {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

/** The file as a whole can't be imported: what follows the fault means nothing, or nothing can be told apart. */
export class UnreadableFile extends Error {
  constructor(readonly faults: readonly [Fault, ...Fault[]]) {
    super(faults[0].message);
    this.name = 'UnreadableFile';
  }
}

export const byLine = (one: Fault, other: Fault): number => one.line - other.line;

/** How many lines have one. */
export const linesWith = (faults: readonly Fault[]): number => new Set(faults.map(({ line }) => line)).size;

/** `line 3, currency: must be …` */
export function faultLine({ line, column, message }: Fault): string {
  return column === null ? `line ${line}: ${message}` : `line ${line}, ${column}: ${message}`;
}

/**
 * The place of a fault in a field, as the file has it: `path` is that of the field, `emails/0/email`, and the message
 * may begin with the name of the field.
 */
export function inColumn(path: string, message: string): Pick<Fault, 'column' | 'message'> {
  const [column = '', ...within] = path.split('/');
  const field = within.at(-1) ?? column;
  const said = [field, `"${field}"`].find((name) => message.startsWith(`${name} `));
  const rest = said === undefined ? message : message.slice(said.length + 1);
  return { column, message: [within.join('.'), rest].filter((part) => part !== '').join(' ') };
}
