import type { Columns } from './cells.js';
import type { CsvRecord } from './csv-file.js';
import { type Fault, UnreadableFile } from './fault.js';

/** By which rows are told apart. */
const NAME = 'externalId';

/** The names of the columns, which are fields of the API. @throws UnreadableFile naming each that is none */
export function columnNames(header: CsvRecord | undefined, columns: Columns): readonly string[] {
  const { line, cells } = header ?? { line: 1, cells: [] };
  const names = cells.map((cell) => cell.trim());
  const fault = (column: string | null, message: string): Fault => ({ line, column, message });
  const known = Object.keys(columns);
  const faults = names.flatMap((name, at) => {
    if (name === '') return [fault(null, `column ${at + 1} has no name`)];
    if (!Object.hasOwn(columns, name)) return [fault(name, `is no field; there are ${known.join(', ')}`)];
    return names.indexOf(name) < at ? [fault(name, 'stands there twice')] : [];
  });
  const lacking = names.includes(NAME) ? [] : [fault(NAME, 'is missing; the first line names the columns')];
  const [first, ...others] = [...faults, ...lacking];
  if (first) throw new UnreadableFile([first, ...others]);
  return names;
}
