import type { ClientId, FirmId } from '@portico/domain/kernel';
import { type Questionnaire, QuestionnaireQueries } from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { statement } from '../../platform/database/statement.js';
import { ANSWERS, answersOf, GOAL, type GoalRow, keptGoal } from './questionnaire.sql.js';

/** More goals than anybody has. */
const MOST_GOALS = 500;

const FIND = statement(`
  select ${ANSWERS.select}, p.client_id as "companyId", p.completed_at as "completedAt",
    p.completed_by_portal_user_id as "completedBy", p.created_at as "createdAt", p.updated_at as "updatedAt",
    (select coalesce(json_agg(goal), '[]') from (
      select ${GOAL.select} from goals g where g.firm_id = p.firm_id and g.client_id = p.client_id
      order by g.metric_key, g.period limit ${MOST_GOALS}) goal) as goals
  from success_profiles p where p.firm_id = $1 and p.client_id = $2`);

type Row = Pick<Questionnaire, 'companyId' | 'completedAt' | 'completedBy' | 'createdAt' | 'updatedAt'> & {
  readonly goals: readonly GoalRow[];
} & Record<string, unknown>;

export class SqlQuestionnaireQueries extends QuestionnaireQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(firmId: FirmId, companyId: ClientId): Promise<Questionnaire | null> {
    const [row] = await this.database.query<Row>(FIND, [firmId, companyId]);
    if (!row) return null;
    const { companyId: of, completedAt, completedBy, createdAt, updatedAt, goals } = row;
    const answers = answersOf(row as Readonly<Record<string, string | null>>);
    const life = { completedAt, completedBy, createdAt, updatedAt };
    return { ...answers, companyId: of, ...life, goals: goals.map(keptGoal) };
  }
}
