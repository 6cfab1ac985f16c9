import { TASK_STATUSES, type TaskCounts } from '@portico/domain/portal';

/** A row of a statement with the counts beside the other columns. */
export type WithCounts<T extends { readonly tasks: TaskCounts }> = Omit<T, 'tasks'> & TaskCounts;

const isOneOf = (statuses: readonly string[]): string =>
  `lower(t.status_value) in (${statuses.map((status) => `'${status}'`).join(', ')})`;
const IS_COMPLETED = isOneOf(TASK_STATUSES.completed);

/**
 * How many tasks a project has and how far they are (`TaskStage`): those that the client sees and that are not cancelled.
 * `p` is the alias of the project, with the day that it is for its company as `today`.
 */
export const taskCountsOf = (p: string): string => `
  select count(*)::integer as total,
    (count(*) filter (where ${IS_COMPLETED}))::integer as completed,
    (count(*) filter (where ${isOneOf(TASK_STATUSES.in_progress)}))::integer as "inProgress",
    (count(*) filter (where t.due_date < ${p}.today and not ${IS_COMPLETED}))::integer as overdue
  from tasks t
  where t.firm_id = ${p}.firm_id and t.client_id = ${p}.client_id and t.project_id = ${p}.id
    and not t.is_private and not ${isOneOf(TASK_STATUSES.cancelled)}`;

/** The row with its counts in one. */
export function withTasks<T extends { readonly tasks: TaskCounts }>({
  total,
  completed,
  inProgress,
  overdue,
  ...row
}: WithCounts<T>): T {
  return { ...row, tasks: { total, completed, inProgress, overdue } } as unknown as T;
}
