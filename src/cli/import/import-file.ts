import { DomainError, InvalidField } from '@portico/domain/kernel';
import { InvalidRequest } from '../../platform/errors/problem.js';
import { checkedBody } from '../../platform/http/request.pipe.js';
import { readCells } from './cells.js';
import type { CsvFile, CsvRecord } from './csv-file.js';
import { byLine, type Fault, inColumn } from './fault.js';
import { columnNames } from './header.js';
import type { ImportKind, Line, NamedRow } from './import-kind.js';

const NAME = 'externalId';

/** A file of rows that are to be imported, of which those that can't be are known. */
export class ImportFile<Body extends object, Row extends NamedRow> {
  private constructor(
    private readonly file: CsvFile,
    private readonly kind: ImportKind<Body, Row>,
    /** Of the columns, in their order. */
    readonly names: readonly string[],
    /** What each line by itself has wrong, and those that bear the same name. */
    readonly faults: readonly Fault[],
    readonly rows: number,
  ) {}

  /** Reads all of it once. @throws UnreadableFile; what `signal` is aborted with */
  static async check<Body extends object, Row extends NamedRow>(
    file: CsvFile,
    kind: ImportKind<Body, Row>,
    signal: AbortSignal,
  ): Promise<ImportFile<Body, Row>> {
    const records = file.records();
    const header = await records.next();
    const names = columnNames(header.done ? undefined : header.value, kind.columns);
    const check = new RowCheck(kind, names);
    let rows = 0;
    for await (const record of records) {
      signal.throwIfAborted();
      rows++;
      check.add(record);
    }
    return new ImportFile(file, kind, names, check.faults(), rows);
  }

  /** The rows, read while they are asked for, but for those that begin in the lines `besides`. */
  async *lines(besides: Iterable<number>): AsyncGenerator<Line<Row>> {
    const leftOut = new Set(besides);
    let isHeader = true;
    for await (const { line, cells } of this.file.records()) {
      if (!isHeader && !leftOut.has(line)) {
        const { body } = readCells(this.names, cells, this.kind.columns);
        yield { line, row: this.kind.rowOf(body as Body) }; // it was checked
      }
      isHeader = false;
    }
  }
}

/** Finds what rows have wrong before anybody looks at what is there already. */
class RowCheck<Body extends object, Row extends NamedRow> {
  private readonly found: Fault[] = [];
  private readonly lineOf = new Map<string, number>();
  private readonly repeated = new Set<string>();

  constructor(
    private readonly kind: ImportKind<Body, Row>,
    private readonly names: readonly string[],
  ) {}

  add({ line, cells }: CsvRecord): void {
    const [has, needs] = [cells.length, this.names.length];
    if (has !== needs) this.tell(line, null, `must have as many cells as there are columns: ${needs}, not ${has}`);
    else {
      this.checkName(line, cells[this.names.indexOf(NAME)] ?? '');
      this.checkCells(line, cells);
    }
  }

  /** In the order of lines. */
  faults(): readonly Fault[] {
    return this.found.toSorted(byLine);
  }

  private checkName(line: number, cell: string): void {
    const name = cell.trim().normalize('NFC');
    const first = this.lineOf.get(name);
    if (name === '') return;
    if (first === undefined) this.lineOf.set(name, line);
    else {
      if (!this.repeated.has(name)) this.tell(first, NAME, `stands in line ${line} too`);
      this.repeated.add(name);
      this.tell(line, NAME, `stands in line ${first} too`);
    }
  }

  private checkCells(line: number, cells: readonly string[]): void {
    const { body, faults } = readCells(this.names, cells, this.kind.columns);
    const places = [...faults, ...this.refusalsOf(body)].map(placeOf);
    for (const { column, message } of places)
      this.tell(line, column, column !== null && body[column] === null ? 'can not be emptied' : message);
  }

  /** What the API has against a row: against the shape of it, or else one of its values. */
  private refusalsOf(given: object): readonly DomainError[] {
    const { kind } = this;
    try {
      kind.check(kind.rowOf(checkedBody(kind.body, given)));
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error instanceof InvalidRequest ? error.faults : [error];
    }
  }

  private tell(line: number, column: string | null, message: string): void {
    this.found.push({ line, column, message });
  }
}

function placeOf(error: DomainError): Pick<Fault, 'column' | 'message'> {
  const path = error instanceof InvalidField ? error.field : (error.source?.pointer?.slice(1) ?? '');
  return inColumn(path, error.reason?.kind === 'missing' ? 'is missing' : error.message);
}
