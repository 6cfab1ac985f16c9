import { type Actor, UnitOfWork } from '@portico/domain/kernel';
import { Database } from '../../platform/database/database.js';
import type { Operator } from '../operator.js';
import { Progress } from '../progress.js';
import { byLine, type Fault } from './fault.js';
import type { ImportFile } from './import-file.js';
import type { ImportKind, NamedRow, Upsert } from './import-kind.js';
import { PresentFields } from './present-fields.js';
import { Savepoint } from './savepoint.js';
import { TakeOver } from './take-over.js';
import type { Tally } from './tally.js';

/** What became, or would become, of the rows of a file. */
export interface Outcome {
  readonly tally: Tally;
  /** In the order of lines. */
  readonly faults: readonly Fault[];
}

/** Ends a unit of work of which nothing is to stay. */
class TakenBack extends Error {
  constructor(readonly outcome: Outcome) {
    super('taken back');
  }
}

/** Takes the rows of a file over, by the rules of the API and in one unit of work: all of them or none. */
export class Import<Body extends object, Row extends NamedRow> {
  constructor(
    private readonly operator: Operator,
    private readonly actor: Actor,
    private readonly kind: ImportKind<Body, Row>,
    private readonly file: ImportFile<Body, Row>,
    private readonly signal: AbortSignal,
  ) {}

  /** Does everything, and takes it back. */
  async rehearse(): Promise<Outcome> {
    return (await this.run('checking', () => false)).outcome;
  }

  /** Does it. Rows that are refused are left out with `skipBad`; without, they are why nothing stays. */
  perform(skipBad: boolean): Promise<{ outcome: Outcome; stays: boolean }> {
    return this.run('writing', ({ faults }) => skipBad || faults.length === 0);
  }

  private async run(
    what: 'checking' | 'writing',
    mayStay: (outcome: Outcome) => boolean,
  ): Promise<{ outcome: Outcome; stays: boolean }> {
    try {
      const outcome = await this.operator.get(UnitOfWork).run(async () => {
        const taken = await this.takeOver(what);
        this.signal.throwIfAborted();
        if (!mayStay(taken)) throw new TakenBack(taken);
        return taken;
      });
      return { outcome, stays: true };
    } catch (error) {
      if (error instanceof TakenBack) return { outcome: error.outcome, stays: false };
      throw error;
    }
  }

  private async takeOver(what: 'checking' | 'writing'): Promise<Outcome> {
    const { operator, actor, kind, file, signal } = this;
    const database = operator.get(Database);
    const useCase = operator.get<Upsert<Row>>(kind.useCase);
    const progress = new Progress(what, file.sound);
    const work = new TakeOver<Row>({
      kind,
      columns: file.names,
      upsert: (rows) => useCase.execute(actor, rows),
      savepoint: new Savepoint(database),
      present: what === 'checking' ? new PresentFields(database, actor.firmId, kind.presentFields) : null,
      signal,
      onTaken: (rows) => progress.add(rows),
    });
    try {
      await work.all(() => file.lines());
    } finally {
      progress.end();
    }
    return { tally: work.tally, faults: [...file.faults, ...work.faults()].sort(byLine) };
  }
}
