import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type Onboarding,
  type OnboardingMilestone,
  OnboardingQueries,
  type OnboardingStage,
} from '@portico/domain/onboarding';
import type { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/statement.js';
import { templateOf } from './template.sql.js';

const FIND = statement(`
  select t.id as "templateId", t.name as "templateName", t.description as "templateDescription",
    s.id as "stageId", s.name as "stageName", s.description as "stageDescription", s.stage_type as "stageType",
    s.position as "stagePosition", m.id, m.title, m.description, m.position, p.completed,
    p.completed_at as "completedAt", u.name as "completedByName", p.source, p.created_at as "begunAt"
  from onboarding_templates t
    left join onboarding_stages s on s.firm_id = t.firm_id and s.template_id = t.id
    left join onboarding_milestones m on m.firm_id = s.firm_id and m.stage_id = s.id
    left join onboarding_progress p on p.firm_id = $1 and p.client_id = $2 and p.milestone_id = m.id
    left join users u on u.firm_id = p.firm_id and u.id = p.completed_by
  where t.firm_id = $1 and t.id = ${templateOf('$1', '$2')}
  order by s.position, s.id, m.position, m.id`);

/** A milestone of a stage; a stage without milestones, and a template without stages, are one row too. */
interface Row extends Omit<OnboardingMilestone, 'id' | 'completed'> {
  readonly templateId: string;
  readonly templateName: string;
  readonly templateDescription: string | null;
  readonly stageId: string | null;
  readonly stageName: string;
  readonly stageDescription: string | null;
  readonly stageType: string;
  readonly stagePosition: number;
  readonly id: string | null;
  readonly completed: boolean | null;
  readonly begunAt: Date | null;
}

export class SqlOnboardingQueries extends OnboardingQueries {
  constructor(private readonly database: Database) {
    super();
  }

  async find(firmId: FirmId, clientId: ClientId): Promise<Onboarding | null> {
    const rows = await this.database.query<Row & Record<string, unknown>>(FIND, [firmId, clientId]);
    const [first] = rows;
    if (!first) return null;
    const { templateId: id, templateName: name, templateDescription: description } = first;
    const begun = rows.flatMap(({ begunAt, completedAt }) =>
      [begunAt, completedAt].flatMap((at) => (at === null ? [] : [at.getTime()])),
    );
    return {
      template: { id, name, description },
      stages: stagesOf(rows),
      startedAt: begun.length === 0 ? null : new Date(Math.min(...begun)),
    };
  }
}

function stagesOf(rows: readonly Row[]): OnboardingStage[] {
  const byStage = Map.groupBy(rows, ({ stageId }) => stageId);
  return [...byStage].flatMap(([id, of]) => {
    const [first] = of;
    if (id === null || !first) return [];
    const { stageName: name, stageDescription: description, stageType, stagePosition: position } = first;
    return [{ id, name, description, stageType, position, milestones: of.flatMap(milestoneOf) }];
  });
}

function milestoneOf(row: Row): OnboardingMilestone[] {
  const { id, title, description, position, completed, completedAt, completedByName, source } = row;
  if (id === null) return [];
  return [{ id, title, description, position, completed: completed === true, completedAt, completedByName, source }];
}
