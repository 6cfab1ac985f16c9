import type { ClientId, FirmId } from '@portico/domain/kernel';
import {
  type ClientRequest,
  ClientRequests,
  type Deadlines,
  type RequestPlace,
  type ServiceLevel,
  type WorkingTime,
} from '@portico/domain/portal';
import type { Database } from '../../platform/database/database.js';
import { Statements } from '../../platform/database/statements.js';

const minutes = (time: string): string => `(extract(epoch from ${time}) / 60)::integer`;

/** A policy that has gone over to another client promises nothing. */
const PLACE = `
  with given as materialized (
    select ?::bigint as firm_id, ?::bigint as client_id, ?::uuid as project_id, ?::text as priority),
  company as materialized (
    select c.delivery_manager_id, c.sla_policy_id from given g
      join clients c on c.firm_id = g.firm_id and c.id = g.client_id for key share of c),
  project as materialized (
    select p.name, p.delivery_manager_id, p.sla_policy_id from given g
      join projects p on p.firm_id = g.firm_id and p.client_id = g.client_id and p.id = g.project_id for key share of p),
  policy as materialized (
    select s.* from given g join sla_policies s on s.firm_id = g.firm_id
        and s.id = coalesce((select sla_policy_id from project), (select sla_policy_id from company))
        and (s.client_id is null or s.client_id = g.client_id)
      for key share of s)
  select project.name as "projectName",
    coalesce(project.delivery_manager_id, company.delivery_manager_id)::text as "managerId",
    policy.id::text as "policyId", policy.name as "policyName", r.response_hours::float8 as "responseHours",
    r.resolution_hours::float8 as "resolutionHours",
    case when policy.time_zone is not null then json_build_object('timeZone', policy.time_zone,
      'days', policy.working_days, 'from', ${minutes('policy.working_from')}, 'to', ${minutes('policy.working_to')})
    end::text as "workingTime"
  from given g cross join company
    left join project on true
    left join policy on true
    left join sla_rules r on r.firm_id = g.firm_id and r.policy_id = policy.id and r.priority_value = g.priority
  where g.project_id is null or project.name is not null`;

interface PlaceRow extends Pick<RequestPlace, 'projectName' | 'managerId'> {
  readonly policyId: ServiceLevel['policyId'];
  readonly policyName: string;
  /** Null without a rule for the priority. */
  readonly responseHours: number | null;
  readonly resolutionHours: number | null;
  /** JSON. */
  readonly workingTime: string | null;
}

const ADD = `
  with task as (
    insert into tasks (id, firm_id, client_id, project_id, created_by_portal_user_id, title, description, status_value,
      priority_value, type_value, is_private, source, created_at, updated_at)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'request', false, 'portal_request', ?, ?)
    returning id, firm_id, client_id, priority_value, created_at)
  insert into task_slas (task_id, firm_id, client_id, priority_value, created_at, policy_id, policy_name,
    response_hours, resolution_hours, response_deadline, resolution_deadline)
  select t.*, s.* from task t cross join (
    select ?::uuid as policy_id, ?::text, ?::numeric, ?::numeric, ?::timestamptz, ?::timestamptz) s
  where s.policy_id is not null`;

export class SqlClientRequests extends ClientRequests {
  private readonly statements: Statements;

  constructor(database: Database) {
    super();
    this.statements = new Statements(database);
  }

  async place(
    firmId: FirmId,
    companyId: ClientId,
    { projectId, priority }: Pick<ClientRequest, 'projectId' | 'priority'>,
  ): Promise<RequestPlace | null> {
    const [row] = await this.statements.run<PlaceRow>(PLACE, [firmId, companyId, projectId, priority]);
    return row ? placeOf(row) : null;
  }

  async add(request: ClientRequest, promise: (ServiceLevel & Deadlines) | null): Promise<void> {
    const { id, firmId, companyId, projectId, contactId, title, description, status, priority, createdAt } = request;
    const task = [id, firmId, companyId, projectId, contactId, title, description, status, priority];
    await this.statements.run(ADD, [
      ...[...task, createdAt, createdAt],
      ...[promise?.policyId ?? null, promise?.policyName ?? null],
      ...[promise?.responseHours ?? null, promise?.resolutionHours ?? null],
      ...[promise?.responseDeadline ?? null, promise?.resolutionDeadline ?? null],
    ]);
  }
}

function placeOf(row: PlaceRow): RequestPlace {
  const { policyId, policyName, responseHours, resolutionHours, workingTime, ...place } = row;
  if (responseHours === null || resolutionHours === null) return { ...place, level: null };
  const time = workingTime === null ? null : (JSON.parse(workingTime) as WorkingTime);
  return { ...place, level: { policyId, policyName, responseHours, resolutionHours, workingTime: time } };
}
