import { InvalidField } from '@portico/domain/kernel';

/** What the cells of a column hold. */
export type CellKind = 'text' | 'boolean' | 'json';

/** A cell that holds exactly this empties the field. */
const NOTHING = 'null';

/** Which columns a file may have, by their names, and what each holds. */
export type Columns = Readonly<Record<string, CellKind>>;

/** The body that a row of the API with these cells would be; what is empty is not given. */
export interface ReadCells {
  readonly body: Readonly<Record<string, unknown>>;
  /** Cells that hold what no body could. */
  readonly faults: readonly InvalidField[];
}

export function readCells(names: readonly string[], cells: readonly string[], columns: Columns): ReadCells {
  const body: Record<string, unknown> = {};
  const faults: InvalidField[] = [];
  names.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (cell.trim() === '') return;
    const value = valueOf(name, cell, columns[name] ?? 'text');
    if (value instanceof InvalidField) faults.push(value);
    else body[name] = value;
  });
  return { body, faults };
}

function valueOf(column: string, cell: string, kind: CellKind): unknown {
  const word = cell.trim();
  if (word === NOTHING) return null;
  switch (kind) {
    case 'text':
      return cell;
    case 'boolean':
      return trueOrFalse(column, word);
    case 'json':
      return parsed(column, word);
  }
}

/** Spreadsheets write it in capitals. */
function trueOrFalse(column: string, word: string): boolean | InvalidField {
  const value = word.toLowerCase();
  return value === 'true' || (value === 'false' ? false : new InvalidField(column, 'must be true or false'));
}

function parsed(column: string, word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return new InvalidField(column, 'must be a JSON array, as in the API');
  }
}
