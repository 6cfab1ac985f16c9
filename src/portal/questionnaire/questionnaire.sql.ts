import { type Answers, type KeptGoal, NO_ANSWERS } from '@portico/domain/portal';

const NAMES = Object.keys(NO_ANSWERS) as (keyof Answers)[];
const SHARES: readonly string[] = NAMES.filter((name) => name.endsWith('Pct'));
const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The answers, of profiles `p`: their columns in the order of the names, and the same by their names. */
export const ANSWERS = {
  columns: NAMES.map(columnOf),
  select: NAMES.map((name) => `p.${columnOf(name)}::text as "${name}"`).join(', '),
};

/** What a row of `ANSWERS` says: numbers come as text. */
export function answersOf(row: Readonly<Record<string, string | null>>): Answers {
  const answers = NAMES.map((name) => {
    const text = row[name] ?? null;
    return [name, text !== null && SHARES.includes(name) ? Number(text) : text] as const;
  });
  return Object.fromEntries(answers) as unknown as Answers;
}

/** Goals `g`. */
export const GOAL = {
  select: `g.id, g.metric_key as "metricKey", g.period, g.metric, g.metric_label as "metricLabel",
    g.target::text as target, g.unit`,
};
export type GoalRow = Omit<KeptGoal, 'target'> & { readonly target: string };
export const keptGoal = ({ target, ...goal }: GoalRow): KeptGoal => ({ ...goal, target: Number(target) });
