import type { HistoryEntry } from '../../history/index.js';
import { type ClientId, sameValue } from '../../kernel/index.js';
import { type Answers, NO_ANSWERS } from './answers.js';
import type { KeptGoal } from './questionnaires.js';

/** How many characters of a value the history keeps. */
const KEPT = 1000;

/** That a questionnaire was completed, or changed: by field, what it was and what it is. */
export function questionnaireEntry(clientId: ClientId, before: Answers | null, after: Answers): HistoryEntry {
  const action = before === null ? 'questionnaire.completed' : 'questionnaire.updated';
  const details = changesOf(before ?? NO_ANSWERS, after);
  return { action, subject: { type: 'questionnaire', id: clientId }, clientId, details };
}

/** As it would be of a goal that staff have written. */
export function goalEntry(clientId: ClientId, before: KeptGoal | null, { id, ...after }: KeptGoal): HistoryEntry {
  const { id: _id, ...was } = before ?? { id };
  const details = { ...(before === null && { clientId: { from: null, to: clientId } }), ...changesOf(was, after) };
  const action = `goal.${before === null ? 'created' : 'updated'}`;
  return { action, subject: { type: 'goal', id }, clientId, details };
}

function changesOf(before: object, after: object): Record<string, { from: unknown; to: unknown }> {
  const was = before as Readonly<Record<string, unknown>>;
  const changed = Object.entries(after).flatMap(([name, value]: [string, unknown]) => {
    const from = was[name] ?? null;
    return sameValue(from, value) ? [] : [[name, { from: kept(from), to: kept(value) }] as const];
  });
  return Object.fromEntries(changed);
}

/** The beginning of a long text: a half of a character can not be kept. */
function kept(value: unknown): unknown {
  const characters = typeof value === 'string' ? [...value] : [];
  return characters.length > KEPT ? `${characters.slice(0, KEPT).join('')}…` : value;
}
