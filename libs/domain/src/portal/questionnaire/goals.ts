import { InvalidField, lineOfText, optionalLine } from '../../kernel/index.js';
import { PERIOD_TYPES, type PeriodType } from '../results/period.js';
import { goalKey } from './goal-key.js';

/** What a company wants to reach in a metric, as it says it; what it leaves out stays, or is as usual. */
export interface GivenGoal {
  readonly metric: string;
  readonly target: number;
  readonly unit?: string | null;
  readonly period?: string | null;
  readonly metricKey?: string | null;
  readonly metricLabel?: string | null;
}

/** The same as it is kept: one for each client, metric and type of period. */
export interface CompanyGoal {
  readonly metricKey: string;
  readonly period: PeriodType;
  readonly metric: string;
  readonly metricLabel: string | null;
  readonly target: number;
  readonly unit: string | null;
}

/** A goal that is given; what is undefined stays as it is. */
export type CheckedGoal = Pick<CompanyGoal, 'metricKey' | 'period' | 'metric' | 'target'> &
  Partial<Pick<CompanyGoal, 'metricLabel' | 'unit'>>;

/** The most that one submission brings. */
const MOST = 50;
const LONGEST = { metric: 120, metricLabel: 120, unit: 20 } as const;
/** Of targets: eleven digits before and four behind the point, as columns have them. */
const GREATEST = 10 ** 11;
const DECIMALS = 4;
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;

/** Names one goal, among all of a client. */
export const goalName = ({ metricKey, period }: Pick<CompanyGoal, 'metricKey' | 'period'>): string =>
  `${period} ${metricKey}`;

/** @throws InvalidField naming the field of the first goal that holds what it must not: `goals/0/target` */
export function checkedGoals(given: readonly GivenGoal[]): CheckedGoal[] {
  if (given.length > MOST) throw new InvalidField('goals', `must have ${MOST} items at most`);
  const goals = given.map((goal, at) => checkedGoal(goal, `goals/${at}`));
  const names = goals.map(goalName);
  const again = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (again >= 0) throw new InvalidField(`goals/${again}/metricKey`, 'is there twice for the same period');
  return goals;
}

function checkedGoal(given: GivenGoal, place: string): CheckedGoal {
  const { unit, metricLabel } = given;
  const metric = lineOfText(`${place}/metric`, given.metric, LONGEST.metric);
  return {
    metric,
    metricKey: keyOf(`${place}/metricKey`, given.metricKey?.trim() || goalKey(metric)),
    period: periodNamed(`${place}/period`, given.period?.trim() || 'month'),
    target: targetOf(`${place}/target`, given.target),
    ...(unit !== undefined && { unit: optionalLine(`${place}/unit`, unit, LONGEST.unit) }),
    ...(metricLabel !== undefined && {
      metricLabel: optionalLine(`${place}/metricLabel`, metricLabel, LONGEST.metricLabel),
    }),
  };
}

function keyOf(field: string, key: string): string {
  if (KEY.test(key)) return key;
  throw new InvalidField(
    field,
    'must have up to 60 letters, digits, dots, dashes and underscores, such as web_revenue',
  );
}

/** In any case; people also say how often. */
function periodNamed(field: string, name: string): PeriodType {
  const said = name.toLowerCase();
  const period = PERIOD_TYPES.find(
    (one) => one === said || `${one}ly` === said || (one === 'year' && said === 'annual'),
  );
  if (period) return period;
  throw new InvalidField(field, `must be one of ${PERIOD_TYPES.join(', ')}`);
}

function targetOf(field: string, target: number): number {
  if (Math.abs(target) < GREATEST && Number(target.toFixed(DECIMALS)) === target) return target;
  throw new InvalidField(
    field,
    `must be a number between -${GREATEST} and ${GREATEST} with ${DECIMALS} decimals at most`,
  );
}
