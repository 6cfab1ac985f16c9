import type { Upserted } from '@portico/domain/kernel';
import { named } from '../../platform/http/back-office-body.js';
import { byLine, type Fault } from './fault.js';
import type { ImportKind, Line, NamedRow } from './import-kind.js';
import type { PresentFields } from './present-fields.js';
import { type Refusal, refusalOf } from './refusal.js';
import type { Savepoint } from './savepoint.js';
import { Tally } from './tally.js';

/** As many rows as one call of the API brings. */
const PART = 1000;

/** What taking over needs beside the rows. */
export interface TakeOverTools<Row extends NamedRow> {
  readonly kind: Pick<ImportKind<object, Row>, 'names' | 'otherColumns' | 'turns' | 'passing'>;
  /** The columns of the file. */
  readonly columns: readonly string[];
  readonly upsert: (rows: readonly Row[]) => Promise<Upserted>;
  readonly savepoint: Pick<Savepoint, 'run'>;
  /** Given when changes are to be shown. */
  readonly present: Pick<PresentFields, 'read'> | null;
  /** So many refused rows are enough: the rest is not tried. */
  readonly enough: number;
  /** Ends the work before its next part. */
  readonly signal: AbortSignal;
  readonly onTaken: (rows: number) => void;
}

interface Refused<Row extends NamedRow> {
  readonly line: Line<Row>;
  readonly refusal: Refusal;
}

/**
 * Takes rows over in parts, inside the running unit of work. A row that is refused is left out and told: the refusal
 * names it, or it is found by halving; so of n rows that are all refused each is tried about log n times. Rows whose
 * refusal others may have done away with since are tried once more at the end.
 */
export class TakeOver<Row extends NamedRow> {
  readonly tally = new Tally();
  private refused: Refused<Row>[] = [];

  constructor(private readonly tools: TakeOverTools<Row>) {}

  /** `lines` begins again each time. @throws what ends the import as a whole */
  async all(lines: () => AsyncIterable<Line<Row>>): Promise<void> {
    const { kind, onTaken } = this.tools;
    for (const [turn, belongs] of kind.turns.entries()) {
      const earlier = kind.turns.slice(0, turn);
      const isDue = (row: Row) => belongs(row) && !earlier.some((had) => had(row));
      for await (const part of partsOf(lines(), isDue)) {
        await this.takePart(part);
        onTaken(part.length);
        if (this.hasEnough()) return;
      }
    }
    const again = this.refused.filter(({ refusal }) => kind.passing.has(refusal.code));
    this.refused = this.refused.filter(({ refusal }) => !kind.passing.has(refusal.code));
    for await (const part of partsOf(again.map(({ line }) => line))) await this.takePart(part);
  }

  /** Whether the rest was not tried. */
  hasEnough(): boolean {
    return this.refused.length >= this.tools.enough;
  }

  /** Of the rows that were left out, in the order of lines. */
  faults(): readonly Fault[] {
    const { columns, kind } = this.tools;
    const columnOf = (name: string | null): string | null =>
      name === null || columns.includes(name) ? name : (kind.otherColumns[name] ?? name);
    return this.refused
      .map(({ line: { line }, refusal: { column, message } }) => ({ line, column: columnOf(column), message }))
      .sort(byLine);
  }

  private async takePart(part: readonly Line<Row>[]): Promise<void> {
    const { present, columns } = this.tools;
    const names = part.map(({ row }) => row.externalId);
    const before = await present?.read(names);
    const taken = await this.take(part);
    const after = await present?.read(names);
    if (before && after) this.tally.compare(taken, columns, before, after);
  }

  /** Answers those that were not refused. */
  private async take(part: readonly Line<Row>[]): Promise<readonly Line<Row>[]> {
    const { savepoint, upsert, kind, signal } = this.tools;
    if (part.length === 0 || this.hasEnough()) return [];
    signal.throwIfAborted();
    const rows = part.map(({ row }) => row);
    try {
      this.tally.count(await savepoint.run(() => named(() => upsert(rows), kind.names)));
      return part;
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return this.takeWithout(part, refusal);
    }
  }

  private async takeWithout(part: readonly Line<Row>[], refusal: Refusal): Promise<readonly Line<Row>[]> {
    const at = refusal.at ?? (part.length === 1 ? 0 : null);
    const line = at === null ? undefined : part[at];
    if (line) this.refused.push({ line, refusal });
    const rest = line ? part.filter((one) => one !== line) : part;
    const middle = Math.ceil(rest.length / 2);
    return [...(await this.take(rest.slice(0, middle))), ...(await this.take(rest.slice(middle)))];
  }
}

async function* partsOf<Row extends NamedRow>(
  lines: AsyncIterable<Line<Row>> | readonly Line<Row>[],
  belongs: (row: Row) => boolean = () => true,
): AsyncGenerator<Line<Row>[]> {
  let part: Line<Row>[] = [];
  for await (const line of lines) {
    if (belongs(line.row)) part.push(line);
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
