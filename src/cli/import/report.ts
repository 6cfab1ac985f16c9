import { type Fault, faultLine, linesWith } from './fault.js';
import type { Outcome } from './import.js';
import type { Change, Tally } from './tally.js';

const LONGEST = 60;

/** What `--json` answers. */
export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly faults: readonly Fault[];
  /** Whether anything of the file was written. */
  readonly written: boolean;
}

export function resultOf({ tally, faults }: Outcome, stays: boolean): ImportResult {
  const { created, updated, unchanged } = tally;
  return { created, updated, unchanged, faults, written: stays && created + updated > 0 };
}

/** What would become of the file: in numbers, the first rows one by one, and every fault. */
export function rehearsalLines(what: string, { tally, faults }: Outcome): string[] {
  return [
    `${what}: ${counted(tally)}, ${linesWith(faults)} refused`,
    ...changedFields(tally),
    ...shownChanges(tally),
    ...faultLines(faults),
  ];
}

/** `2 new, 1 changed, 0 unchanged` */
export function counted({ created, updated, unchanged }: Tally): string {
  return `${created} new, ${updated} changed, ${unchanged} unchanged`;
}

export function faultLines(faults: readonly Fault[]): string[] {
  return faults.length === 0 ? [] : ['refused:', ...faults.map((fault) => `  ${faultLine(fault)}`)];
}

function changedFields({ changedFields: fields }: Tally): string[] {
  if (fields.size === 0) return [];
  return [`changed fields: ${[...fields].map(([field, rows]) => `${field} (${rows})`).join(', ')}`];
}

function shownChanges({ shown, created, updated }: Tally): string[] {
  const more = created + updated - shown.length;
  return [...shown.map((change) => `  ${changeLine(change)}`), ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function changeLine({ line, externalId, isNew, fields }: Change): string {
  const changes = fields.map(({ field, from, to }) => `${field} ${shortened(from)} → ${shortened(to)}`);
  return `line ${line}, ${externalId}: ${isNew ? 'new' : changes.join('; ')}`;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
