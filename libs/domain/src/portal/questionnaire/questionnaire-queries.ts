import type { ClientId, ContactId, FirmId } from '../../kernel/index.js';
import type { Answers } from './answers.js';
import type { KeptGoal } from './questionnaires.js';

/** The questionnaire of a company. */
export interface Questionnaire extends Answers {
  readonly companyId: ClientId;
  /** All goals of the company, those that staff have written too. */
  readonly goals: readonly KeptGoal[];
  readonly completedAt: Date;
  /** Null when it is not known, or not there any more. */
  readonly completedBy: ContactId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export abstract class QuestionnaireQueries {
  /** Null before the company has said anything. With one statement. */
  abstract find(firmId: FirmId, companyId: ClientId): Promise<Questionnaire | null>;
}
