import type { SlaPolicyId } from '../../kernel/index.js';
import { deadline, type WorkingTime } from './working-time.js';

/** How urgent a request is; every rule of an SLA policy is about one of them. */
export const PRIORITIES = ['low', 'medium', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a policy promises to requests of a priority. */
export interface ServiceLevel {
  readonly policyId: SlaPolicyId;
  readonly policyName: string;
  readonly responseHours: number;
  readonly resolutionHours: number;
  /** When these hours count; null: around the clock. */
  readonly workingTime: WorkingTime | null;
}

/** Until when somebody answers, and until when it is done. */
export interface Deadlines {
  readonly responseDeadline: Date;
  readonly resolutionDeadline: Date;
}

/** Those of a request that comes at `from`. */
export function deadlinesOf(level: ServiceLevel, from: Date): Deadlines {
  const { responseHours, resolutionHours, workingTime } = level;
  return {
    responseDeadline: deadline(from, responseHours, workingTime),
    resolutionDeadline: deadline(from, resolutionHours, workingTime),
  };
}
