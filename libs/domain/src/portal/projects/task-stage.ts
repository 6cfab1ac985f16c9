/** How far a task is. A task that is cancelled is not work any more and counts nowhere. */
export type TaskStage = 'waiting' | 'in_progress' | 'completed' | 'cancelled';

/**
 * Which values of a task's status mean what, in lower case. Statuses are words of the firm's own; with any other a task
 * waits to be done.
 */
export const TASK_STATUSES: Readonly<Record<Exclude<TaskStage, 'waiting'>, readonly string[]>> = {
  in_progress: ['in_progress', 'in-progress', 'doing', 'started', 'in_review', 'in-review', 'review'],
  completed: ['completed', 'done', 'closed', 'resolved'],
  cancelled: ['cancelled', 'canceled'],
};

/** How far a task with this `status_value` is, in whatever case it is written. */
export function taskStage(statusValue: string): TaskStage {
  const status = statusValue.toLowerCase();
  for (const stage of ['in_progress', 'completed', 'cancelled'] as const)
    if (TASK_STATUSES[stage].includes(status)) return stage;
  return 'waiting';
}

/** How many tasks of a project the client sees that are not cancelled, and how many of them are how far. */
export interface TaskCounts {
  readonly total: number;
  readonly completed: number;
  readonly inProgress: number;
  /** Due before today and not completed. */
  readonly overdue: number;
}

/** How much of the tasks is completed: whole percents, 0 without tasks, 100 only when nothing is left. */
export function progressOf({ total, completed }: TaskCounts): number {
  if (total === 0) return 0;
  return completed === total ? 100 : Math.min(99, Math.round((completed / total) * 100));
}
