import { type Actor, type FirmId, UnitOfWork } from '@portico/domain/kernel';
import { Database } from '../../platform/database/database.js';
import { asOperator, type Operator } from '../operator.js';
import { actingUser } from './acting-user.js';
import { confirm, isTerminal } from './confirm.js';
import { CsvFile } from './csv-file.js';
import { linesWith, UnreadableFile } from './fault.js';
import { Import, type ImportTools, type Outcome } from './import.js';
import { ImportFile } from './import-file.js';
import type { ImportKind, NamedRow, Upsert } from './import-kind.js';
import { PresentFields } from './present-fields.js';
import { counted, faultLines, type ImportResult, rehearsalLines, resultOf } from './report.js';
import { Savepoint } from './savepoint.js';

export interface ImportOptions {
  readonly firm: FirmId;
  /** The address of the user who acts. */
  readonly user: string;
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly yes?: boolean;
}

interface Call extends ImportOptions {
  /** The result is all that standard output shows. */
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

interface Ended {
  readonly result: ImportResult;
  /** Why the command fails; null when it does not. */
  readonly failure: string | null;
}

const TERMINAL = { input: process.stdin, output: process.stderr };

/**
 * Imports a file: checks it, rehearses, and writes when it may.
 * @throws DomainError `wrong_call`, `firm_not_found`, `user_not_found`, `missing_permission`; Error when interrupted
 */
export async function importFile<Body extends object, Row extends NamedRow>(
  kind: ImportKind<Body, Row>,
  path: string,
  call: Call,
): Promise<Ended> {
  const csv = await CsvFile.read(path);
  try {
    const file = await ImportFile.check(csv, kind, call.signal);
    return await asOperator((operator) => takeOver(operator, kind, file, call));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { faults } = error;
    tell(call, faultLines(faults));
    const result = { created: 0, updated: 0, unchanged: 0, faults, written: false };
    return { result, failure: failureOf({ faults, isCutShort: false }) };
  }
}

async function takeOver<Body extends object, Row extends NamedRow>(
  operator: Operator,
  kind: ImportKind<Body, Row>,
  file: ImportFile<Body, Row>,
  call: Call,
): Promise<Ended> {
  const { skipBad = false, signal } = call;
  const actor = await actingUser(operator, call.firm, call.user, kind.permissions);
  const work = new Import(kind, file, toolsOf(operator, actor, kind), { skipBad, signal });
  const rehearsed = await work.rehearse();
  tell(call, rehearsalLines(kind.what, rehearsed));
  const failed = (outcome: Outcome) => (skipBad ? null : failureOf(outcome));
  if (!(await mayWrite(rehearsed, call))) return { result: resultOf(rehearsed, false), failure: failed(rehearsed) };
  const { outcome, stays } = await work.perform(rehearsed);
  const isOther = outcome.faults.length !== rehearsed.faults.length; // somebody changed something in between
  tell(call, [
    ...(isOther ? faultLines(outcome.faults) : []),
    ...(stays ? [`written: ${counted(outcome.tally)}`] : []),
  ]);
  return { result: resultOf(outcome, stays), failure: failed(outcome) };
}

function toolsOf<Body extends object, Row extends NamedRow>(
  operator: Operator,
  actor: Actor,
  kind: ImportKind<Body, Row>,
): ImportTools<Row> {
  const database = operator.get(Database);
  const useCase = operator.get<Upsert<Row>>(kind.useCase);
  return {
    unitOfWork: operator.get(UnitOfWork),
    savepoint: new Savepoint(database),
    present: new PresentFields(database, actor.firmId, kind.presentFields),
    upsert: (rows) => useCase.execute(actor, rows),
  };
}

async function mayWrite({ tally, faults }: Outcome, call: Call): Promise<boolean> {
  if (faults.length > 0 && !call.skipBad) return false;
  if (call.dryRun) return no(call, 'This was a dry run; nothing was written.');
  if (tally.created + tally.updated === 0) return no(call, 'There is nothing to write.');
  if (call.yes) return true;
  if (!call.isJson && isTerminal(TERMINAL))
    return (await confirm(`Write ${counted(tally)}?`, TERMINAL, call.signal)) || no(call, 'Nothing was written.');
  return no(call, 'This was a dry run; with --yes it would be written.');
}

/** Says why not, without disturbing the one object of `--json`. */
function no({ isJson }: Call, reason: string): false {
  (isJson ? process.stderr : process.stdout).write(`${reason}\n`);
  return false;
}

function tell({ isJson }: Call, lines: readonly string[]): void {
  if (!isJson && lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

function failureOf({ faults, isCutShort }: Pick<Outcome, 'faults' | 'isCutShort'>): string | null {
  const lines = linesWith(faults);
  if (lines === 0) return null;
  const rest = isCutShort ? ', and the rest was not tried' : '';
  return `${lines === 1 ? '1 line is' : `${lines} lines are`} refused${rest}; nothing was written`;
}
