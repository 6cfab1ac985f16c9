import type { ClientId, ContactId, FirmId, UserId } from '../../kernel/index.js';
import type { Answers } from './answers.js';
import type { CheckedGoal, CompanyGoal } from './goals.js';

/** A company, and what it has said so far. */
export interface HeldQuestionnaire {
  readonly companyName: string;
  /** Who looks after it. */
  readonly deliveryManagerId: UserId | null;
  /** Null before it has said anything. */
  readonly answers: Answers | null;
}

export interface KeptGoal extends CompanyGoal {
  readonly id: string;
}

/** Of which company something is written. */
export interface OfCompany {
  readonly firmId: FirmId;
  readonly companyId: ClientId;
}

/** What companies say of themselves; used inside a unit of work. Each with one statement. */
export abstract class Questionnaires {
  /** The company; what it says stays until the unit of work ends, so that two submissions at once follow each other. */
  abstract hold(of: OfCompany): Promise<HeldQuestionnaire>;

  /** Keeps its first answers, and by whom and when they were given. */
  abstract add(of: OfCompany, answers: Answers, given: { by: ContactId | null; at: Date }): Promise<void>;

  abstract change(of: OfCompany, answers: Answers, at: Date): Promise<void>;

  /** The goals of these metrics and types of period that there are, held likewise. */
  abstract holdGoals(of: OfCompany, named: readonly CheckedGoal[]): Promise<readonly KeptGoal[]>;

  /** Gives them their ids. Who loses a race for one with the staff of the firm is run again. */
  abstract addGoals(of: OfCompany, goals: readonly CompanyGoal[], at: Date): Promise<readonly KeptGoal[]>;

  abstract changeGoals(of: OfCompany, goals: readonly KeptGoal[], at: Date): Promise<void>;
}
