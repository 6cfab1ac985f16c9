import type {
  PortalProject,
  ProjectDecision,
  ProjectGoal,
  ProjectMember,
  ProjectServiceLevel,
  ProjectSummary,
} from '@portico/domain/portal';
import type { WithCounts } from './task-counts.sql.js';

/** What JSON has of a row: instants are text. */
type InJson<T> = { readonly [K in keyof T]: Date extends T[K] ? string | Exclude<T[K], Date> : T[K] };

/** A project with what belongs to it, as the database answers it. */
export type DetailsRow = WithCounts<PortalProject> & {
  readonly serviceLevel: ProjectServiceLevel | null;
  readonly goals: readonly InJson<ProjectGoal>[];
  readonly members: readonly ProjectMember[];
  readonly summary: InJson<ProjectSummary> | null;
  readonly decisions: readonly InJson<ProjectDecision>[];
};

const rows = (select: string): string => `(select coalesce(json_agg(row_to_json(r)), '[]') from (${select}) r)`;
const row = (select: string): string => `(select row_to_json(r) from (${select}) r)`;
const ofProject = 'x.firm_id = p.firm_id and x.project_id = p.id';

const SERVICE_LEVEL = `select s.id as "policyId", s.name as "policyName", r.response_hours as "responseHours",
    r.resolution_hours as "resolutionHours"
  from sla_policies s left join sla_rules r
    on r.firm_id = s.firm_id and r.policy_id = s.id and r.priority_value = 'medium'
  where s.firm_id = p.firm_id and s.id = coalesce(p.sla_policy_id, c.sla_policy_id)`;

const GOALS = `select x.id, x.title, x.description, x.target_date as "targetDate", x.status, x.position,
    x.created_at as "createdAt"
  from project_goals x where ${ofProject} order by x.position, x.created_at, x.id limit 1000`;

const MEMBERS = `select u.id::text as "userId", u.name, x.role
  from project_members x join users u on u.firm_id = x.firm_id and u.id = x.user_id
  where ${ofProject} order by u.name, u.id limit 1000`;

const SUMMARY = `select x.id, x.summary, x.model, x.generated_at as "generatedAt"
  from project_summaries x where ${ofProject} order by x.generated_at desc, x.id desc limit 1`;

/** Of a decision `x`. */
export const DECISION_COLUMNS = `x.id, x.title, x.context, x.status, x.decided_by::text as "decidedBy",
  coalesce(x.decided_by_name, (select u.name from users u where u.firm_id = x.firm_id and u.id = x.decided_by))
    as "decidedByName",
  x.decided_at as "decidedAt", x.created_at as "createdAt"`;

const DECISIONS = `select ${DECISION_COLUMNS} from project_decisions x where ${ofProject} order by x.id desc limit 10`;

/** The further columns of a project `p` of the company `c`. */
export const DETAILS = `, ${row(SERVICE_LEVEL)} as "serviceLevel", ${rows(GOALS)} as goals,
  ${rows(MEMBERS)} as members, ${row(SUMMARY)} as summary, ${rows(DECISIONS)} as decisions`;

export const goalOf = (goal: InJson<ProjectGoal>): ProjectGoal => ({ ...goal, createdAt: new Date(goal.createdAt) });

export const summaryOf = (summary: InJson<ProjectSummary>): ProjectSummary => ({
  ...summary,
  generatedAt: new Date(summary.generatedAt),
});

export const decisionOf = (decision: InJson<ProjectDecision>): ProjectDecision => ({
  ...decision,
  decidedAt: decision.decidedAt === null ? null : new Date(decision.decidedAt),
  createdAt: new Date(decision.createdAt),
});
