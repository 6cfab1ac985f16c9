import { TASK_STATUSES, type TaskCounts } from '@portico/domain/portal';

/** A row of a statement with the counts beside the other columns. */
export type WithCounts<T extends { readonly tasks: TaskCounts }> = Omit<T, 'tasks'> & TaskCounts;

const isOneOf = (statuses: readonly string[]): string =>
  `t.status in (${statuses.map((status) => `'${status}'`).join(', ')})`;
const IS_COMPLETED = isOneOf(TASK_STATUSES.completed);
const IS_CANCELLED = isOneOf(TASK_STATUSES.cancelled);
const sum = (count: string, condition: string): string =>
  `coalesce(sum(t.${count}) filter (where ${condition}), 0)::integer`;

/**
 * How many tasks a project has and how far they are (`TaskStage`): those that the client sees and that are not cancelled.
 * `p` is the alias of the project, with the day that it is for its company as `today`. What a status means is asked once
 * for each status, not for each task.
 */
export const taskCountsOf = (p: string): string => `
  select ${sum('tasks', `not ${IS_CANCELLED}`)} as total, ${sum('tasks', IS_COMPLETED)} as completed,
    ${sum('tasks', isOneOf(TASK_STATUSES.in_progress))} as "inProgress",
    ${sum('late', `not ${IS_COMPLETED} and not ${IS_CANCELLED}`)} as overdue
  from (
    select lower(t.status_value) as status, count(*) as tasks, count(*) filter (where t.due_date < ${p}.today) as late
    from tasks t
    where t.firm_id = ${p}.firm_id and t.client_id = ${p}.client_id and t.project_id = ${p}.id and not t.is_private
    group by t.status_value) t`;

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
