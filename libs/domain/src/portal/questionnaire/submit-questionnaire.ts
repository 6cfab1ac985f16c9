import type { History } from '../../history/index.js';
import { type Clock, DomainError, type PortalActor, sameValue, type UnitOfWork } from '../../kernel/index.js';
import type { NewNotification, Notifier } from '../../notifications/index.js';
import type { OnboardingTriggers } from '../../onboarding/index.js';
import { type Answers, checkedAnswers, NO_ANSWERS } from './answers.js';
import { type CheckedGoal, checkedGoals, type CompanyGoal, type GivenGoal, goalName } from './goals.js';
import { goalEntry, questionnaireEntry } from './questionnaire-history.js';
import type { HeldQuestionnaire, KeptGoal, Questionnaires } from './questionnaires.js';

/** What is left out stays as it is; null takes an answer away. */
export interface Submission extends Partial<Answers> {
  readonly goals?: readonly GivenGoal[];
}

/** A goal that is new or has changed, and what it was. */
interface GoalChange {
  readonly before: KeptGoal | null;
  readonly after: KeptGoal;
}

/** A company says what success is for it (seed 001, "Submit Questionnaire"). */
export class SubmitQuestionnaire {
  constructor(
    private readonly questionnaires: Questionnaires,
    private readonly history: History,
    private readonly notifier: Notifier,
    private readonly onboarding: OnboardingTriggers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the answers and goals; the same again changes nothing. The first submission completes the questionnaire, and
   * whoever looks after the company is told.
   * @throws InvalidField naming the field; DomainError `invalid_body` when nothing is said
   */
  async execute(actor: PortalActor, { goals = [], ...given }: Submission): Promise<void> {
    const [answers, wanted] = [checkedAnswers(given), checkedGoals(goals)];
    if (Object.keys(answers).length === 0 && wanted.length === 0)
      throw new DomainError('invalid', 'invalid_body', 'The body must hold an answer or a goal', { pointer: '' });
    await this.unitOfWork.run(async () => {
      const at = this.clock.now();
      const held = await this.questionnaires.hold(actor);
      const entry = await this.keepAnswers(actor, held, answers, at);
      const changed = await this.keepGoals(actor, wanted, at);
      const { companyId } = actor;
      const goalEntries = changed.map(({ before, after }) => goalEntry(companyId, before, after));
      await this.history.recordAll(actor, [...(entry ? [entry] : []), ...goalEntries]);
      if (held.answers === null) await this.complete(actor, held);
    });
  }

  /** Answers what the history says of it; null when nothing has changed. */
  private async keepAnswers(actor: PortalActor, held: HeldQuestionnaire, given: Partial<Answers>, at: Date) {
    const before = held.answers;
    const after = { ...(before ?? NO_ANSWERS), ...given };
    if (before === null) await this.questionnaires.add(actor, after, { by: actor.contactId, at });
    else if (sameValue(before, after)) return null;
    else await this.questionnaires.change(actor, after, at);
    return questionnaireEntry(actor.companyId, before, after);
  }

  private async keepGoals(actor: PortalActor, wanted: readonly CheckedGoal[], at: Date): Promise<GoalChange[]> {
    if (wanted.length === 0) return [];
    const known = new Map((await this.questionnaires.holdGoals(actor, wanted)).map((goal) => [goalName(goal), goal]));
    const fresh = wanted.filter((goal) => !known.has(goalName(goal)));
    const changed = wanted.flatMap((goal) => {
      const before = known.get(goalName(goal));
      const after = before && { ...before, ...goal };
      return before && after && !sameValue(before, after) ? [{ before, after }] : [];
    });
    const added = fresh.length === 0 ? [] : await this.questionnaires.addGoals(actor, fresh.map(newGoal), at);
    if (changed.length > 0)
      await this.questionnaires.changeGoals(
        actor,
        changed.map(({ after }) => after),
        at,
      );
    return [...added.map((after) => ({ before: null, after })), ...changed];
  }

  private async complete(actor: PortalActor, held: HeldQuestionnaire): Promise<void> {
    const { firmId, companyId: clientId, contactId } = actor;
    const { companyName, deliveryManagerId } = held;
    const told: NewNotification[] =
      deliveryManagerId === null
        ? []
        : [
            {
              type: 'questionnaire_completed',
              to: { userIds: [deliveryManagerId] },
              clientId,
              resource: { type: 'questionnaire', id: clientId },
              names: { client: companyName },
              by: contactId === null ? null : { contactId },
            },
          ];
    await this.notifier.raise(firmId, told);
    await this.onboarding.happened(actor, [{ clientId, trigger: 'questionnaire_completed' }]);
  }
}

function newGoal(goal: CheckedGoal): CompanyGoal {
  return { metricLabel: null, unit: null, ...goal };
}
