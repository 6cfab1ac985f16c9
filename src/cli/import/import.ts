import type { UnitOfWork, Upserted } from '@portico/domain/kernel';
import { Progress } from '../progress.js';
import { byLine, type Fault, linesWith } from './fault.js';
import type { ImportFile } from './import-file.js';
import type { ImportKind, NamedRow } from './import-kind.js';
import type { PresentFields } from './present-fields.js';
import type { Savepoint } from './savepoint.js';
import { TakeOver } from './take-over.js';
import type { Tally } from './tally.js';

/** Finding a refused row takes time, and of so many nobody reads more when one is enough to write nothing. */
const ENOUGH = 1000;

/** What became, or would become, of the rows of a file. */
export interface Outcome {
  readonly tally: Tally;
  /** In the order of lines. */
  readonly faults: readonly Fault[];
  /** So many rows were refused that the rest was not tried. */
  readonly isCutShort: boolean;
}

/** What became of them, and whether it stays so. */
interface Ended {
  readonly outcome: Outcome;
  readonly stays: boolean;
}

/** With what rows are taken over. */
export interface ImportTools<Row extends NamedRow> {
  readonly unitOfWork: UnitOfWork;
  readonly savepoint: Pick<Savepoint, 'run'>;
  readonly present: Pick<PresentFields, 'read'>;
  /** The use case, in the name of the user. */
  readonly upsert: (rows: readonly Row[]) => Promise<Upserted>;
}

interface ImportSettings {
  /** Refused rows are left out; else one of them is enough to write nothing. */
  readonly skipBad: boolean;
  /** Ends the import, and nothing of it stays. */
  readonly signal: AbortSignal;
}

type Step = 'checking' | 'writing';

/** Ends a unit of work of which nothing is to stay. */
class TakenBack extends Error {
  constructor(readonly outcome: Outcome) {
    super('taken back');
  }
}

/** Takes the rows of a file over, by the rules of the API and in one unit of work: all of them or none. */
export class Import<Body extends object, Row extends NamedRow> {
  constructor(
    private readonly kind: ImportKind<Body, Row>,
    private readonly file: Pick<ImportFile<Body, Row>, 'names' | 'faults' | 'rows' | 'lines'>,
    private readonly tools: ImportTools<Row>,
    private readonly settings: ImportSettings,
  ) {}

  /** Does everything, and takes it back. @throws what `signal` is aborted with */
  async rehearse(): Promise<Outcome> {
    return (await this.run('checking', this.file.faults, () => false)).outcome;
  }

  /**
   * Does it, without the rows that were refused in the rehearsal. Rows that are refused only now are left out too with
   * `skipBad`; without, nothing stays.
   * @throws what `signal` is aborted with, and nothing stays
   */
  perform(rehearsed: Outcome): Promise<Ended> {
    return this.run('writing', rehearsed.faults, ({ faults }) => this.settings.skipBad || faults.length === 0);
  }

  private async run(step: Step, known: readonly Fault[], mayStay: (outcome: Outcome) => boolean): Promise<Ended> {
    try {
      const outcome = await this.tools.unitOfWork.run(async () => {
        const taken = await this.takeOver(step, known);
        this.settings.signal.throwIfAborted();
        if (!mayStay(taken)) throw new TakenBack(taken);
        return taken;
      });
      return { outcome, stays: true };
    } catch (error) {
      if (error instanceof TakenBack) return { outcome: error.outcome, stays: false };
      throw error;
    }
  }

  private async takeOver(step: Step, known: readonly Fault[]): Promise<Outcome> {
    const { kind, file, settings } = this;
    const { savepoint, present, upsert } = this.tools;
    const progress = new Progress(step, file.rows - linesWith(known));
    const work = new TakeOver<Row>({
      kind,
      columns: file.names,
      upsert,
      savepoint,
      present: step === 'checking' ? present : null,
      enough: settings.skipBad ? Infinity : ENOUGH,
      signal: settings.signal,
      onTaken: (rows) => progress.add(rows),
    });
    try {
      await work.all(() => file.lines(known.map(({ line }) => line)));
    } finally {
      progress.end();
    }
    const faults = [...known, ...work.faults()].sort(byLine);
    return { tally: work.tally, faults, isCutShort: work.hasEnough() };
  }
}
