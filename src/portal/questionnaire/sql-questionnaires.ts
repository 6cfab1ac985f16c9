import type { ContactId, Random, UserId } from '@portico/domain/kernel';
import {
  type Answers,
  type CheckedGoal,
  type CompanyGoal,
  type HeldQuestionnaire,
  type KeptGoal,
  NO_ANSWERS,
  type OfCompany,
  Questionnaires,
} from '@portico/domain/portal';
import { raceLostOn } from '../../platform/database/database-errors.js';
import type { Statements } from '../../platform/database/statements.js';
import { ANSWERS, answersOf, GOAL, type GoalRow, keptGoal } from './questionnaire.sql.js';

/** The client is held, not what may not be there yet. */
const HOLD_COMPANY = `select name, delivery_manager_id::text as manager from clients
  where firm_id = ? and id = ? for no key update`;
const FIND = `select ${ANSWERS.select} from success_profiles p where p.firm_id = ? and p.client_id = ?`;
const ADD = `insert into success_profiles (${ANSWERS.columns.join(', ')}, completed_at, completed_by_portal_user_id,
    created_at, updated_at, firm_id, client_id)
  values (${ANSWERS.columns.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?)`;
const CHANGE = `update success_profiles set ${ANSWERS.columns.map((column) => `${column} = ?`).join(', ')},
    updated_at = ?, version = version + 1 where firm_id = ? and client_id = ?`;

const HOLD_GOALS = `select ${GOAL.select} from goals g
  where g.firm_id = ? and g.client_id = ? and (g.metric_key, g.period) in (
    select n."metricKey", n.period from jsonb_to_recordset(?::jsonb) as n ("metricKey" text, period text))
  order by g.id for no key update`;
const GIVEN = `jsonb_to_recordset(?::jsonb) as n (id uuid, "metricKey" text, period text, metric text,
  "metricLabel" text, target numeric, unit text)`;
const ADD_GOALS = `insert into goals (id, firm_id, client_id, metric, metric_key, metric_label, target, unit, period,
    created_at, updated_at)
  select n.id, ?, ?, n.metric, n."metricKey", n."metricLabel", n.target, n.unit, n.period, ?, ?
  from ${GIVEN} order by n.id`;
const CHANGE_GOALS = `update goals g set metric = n.metric, metric_label = n."metricLabel", target = n.target,
    unit = n.unit, updated_at = ?, version = g.version + 1
  from ${GIVEN} where g.firm_id = ? and g.client_id = ? and g.id = n.id`;

export class SqlQuestionnaires extends Questionnaires {
  constructor(
    private readonly statements: Statements,
    private readonly random: Random,
  ) {
    super();
  }

  async hold({ firmId, companyId }: OfCompany): Promise<HeldQuestionnaire> {
    const [company] = await this.statements.run<{ name: string; manager: UserId | null }>(HOLD_COMPANY, [
      firmId,
      companyId,
    ]);
    if (!company) throw new Error(`there is no client ${companyId}`);
    const [row] = await this.statements.run<Record<string, string | null>>(FIND, [firmId, companyId]);
    return { companyName: company.name, deliveryManagerId: company.manager, answers: row ? answersOf(row) : null };
  }

  async add(
    { firmId, companyId }: OfCompany,
    answers: Answers,
    { by, at }: { by: ContactId | null; at: Date },
  ): Promise<void> {
    await this.statements.run(ADD, [...valuesOf(answers), at, by, at, at, firmId, companyId]);
  }

  async change({ firmId, companyId }: OfCompany, answers: Answers, at: Date): Promise<void> {
    await this.statements.run(CHANGE, [...valuesOf(answers), at, firmId, companyId]);
  }

  async holdGoals({ firmId, companyId }: OfCompany, named: readonly CheckedGoal[]): Promise<readonly KeptGoal[]> {
    const rows = await this.statements.run<GoalRow>(HOLD_GOALS, [firmId, companyId, JSON.stringify(named)]);
    return rows.map(keptGoal);
  }

  async addGoals(
    { firmId, companyId }: OfCompany,
    goals: readonly CompanyGoal[],
    at: Date,
  ): Promise<readonly KeptGoal[]> {
    const added = goals.map((goal) => ({ ...goal, id: this.random.uuid() }));
    await raceLostOn('goals_metric_key', () =>
      this.statements.run(ADD_GOALS, [firmId, companyId, at, at, JSON.stringify(added)]),
    );
    return added;
  }

  async changeGoals({ firmId, companyId }: OfCompany, goals: readonly KeptGoal[], at: Date): Promise<void> {
    await this.statements.run(CHANGE_GOALS, [at, JSON.stringify(goals), firmId, companyId]);
  }
}

const valuesOf = (answers: Answers): unknown[] =>
  (Object.keys(NO_ANSWERS) as (keyof Answers)[]).map((name) => answers[name]);
