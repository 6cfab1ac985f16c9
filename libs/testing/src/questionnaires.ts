import type { ContactId, UserId } from '@portico/domain/kernel';
import {
  type Answers,
  type CheckedGoal,
  type CompanyGoal,
  goalName,
  type HeldQuestionnaire,
  type KeptGoal,
  type OfCompany,
  Questionnaires,
  SubmitQuestionnaire,
} from '@portico/domain/portal';
import { FixedClock } from './fixed-clock.js';
import { InMemoryHistory } from './in-memory-history.js';
import { InMemoryNotifier } from './in-memory-notifier.js';
import { InMemoryUnitOfWork, type Reversible } from './in-memory-unit-of-work.js';
import { RecordedTriggers } from './onboarding.js';

interface Kept {
  readonly answers: Answers;
  readonly completedAt: Date;
  readonly completedBy: ContactId | null;
  readonly updatedAt: Date;
}

/** Questionnaires of any company, which are all called Company. */
export class InMemoryQuestionnaires extends Questionnaires implements Reversible {
  private kept = new Map<string, Kept>();
  private goals = new Map<string, readonly KeptGoal[]>();
  private count = 0;
  /** Who looks after all of them. */
  managerId: UserId | null = '11' as UserId;

  find(of: OfCompany): Kept | null {
    return this.kept.get(keyOf(of)) ?? null;
  }

  goalsOf(of: OfCompany): readonly KeptGoal[] {
    return this.goals.get(keyOf(of)) ?? [];
  }

  hold(of: OfCompany): Promise<HeldQuestionnaire> {
    const answers = this.find(of)?.answers ?? null;
    return Promise.resolve({ companyName: 'Company', deliveryManagerId: this.managerId, answers });
  }

  add(of: OfCompany, answers: Answers, { by, at }: { by: ContactId | null; at: Date }): Promise<void> {
    this.kept.set(keyOf(of), { answers, completedAt: at, completedBy: by, updatedAt: at });
    return Promise.resolve();
  }

  change(of: OfCompany, answers: Answers, at: Date): Promise<void> {
    const before = this.find(of);
    if (before) this.kept.set(keyOf(of), { ...before, answers, updatedAt: at });
    return Promise.resolve();
  }

  holdGoals(of: OfCompany, named: readonly CheckedGoal[]): Promise<readonly KeptGoal[]> {
    const names = new Set(named.map(goalName));
    return Promise.resolve(this.goalsOf(of).filter((goal) => names.has(goalName(goal))));
  }

  addGoals(of: OfCompany, goals: readonly CompanyGoal[]): Promise<readonly KeptGoal[]> {
    const added = goals.map((goal) => ({ ...goal, id: `goal-${++this.count}` }));
    this.goals.set(keyOf(of), [...this.goalsOf(of), ...added]);
    return Promise.resolve(added);
  }

  changeGoals(of: OfCompany, goals: readonly KeptGoal[]): Promise<void> {
    const changed = new Map(goals.map((goal) => [goal.id, goal]));
    const all = this.goalsOf(of).map((goal) => changed.get(goal.id) ?? goal);
    this.goals.set(keyOf(of), all);
    return Promise.resolve();
  }

  snapshot(): () => void {
    const [kept, goals] = [new Map(this.kept), new Map(this.goals)];
    return () => {
      this.kept = kept;
      this.goals = goals;
    };
  }
}

const keyOf = ({ firmId, companyId }: OfCompany): string => `${firmId} ${companyId}`;

/** In-memory adapters that know each other, and the use case about questionnaires on them. */
export class QuestionnaireBench {
  readonly clock = new FixedClock();
  readonly questionnaires = new InMemoryQuestionnaires();
  readonly history = new InMemoryHistory();
  readonly notifier = new InMemoryNotifier();
  readonly onboarding = new RecordedTriggers();
  readonly submit = new SubmitQuestionnaire(
    ...([this.questionnaires, this.history, this.notifier, this.onboarding] as const),
    new InMemoryUnitOfWork([this.questionnaires, this.history]),
    this.clock,
  );
}
