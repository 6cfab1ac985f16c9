import { describe, expect, it } from '@jest/globals';
import { aPortalUser, QuestionnaireBench } from '@portico/testing';
import type { ClientId } from '../../kernel/index.js';
import { NO_ANSWERS } from './answers.js';
import type { GivenGoal } from './goals.js';
import type { Submission } from './submit-questionnaire.js';

const actor = aPortalUser();
const GOAL: GivenGoal = { metric: 'Revenue', target: 250_000, unit: 'EUR', period: 'quarter' };
const submitted = async (...submissions: Submission[]): Promise<QuestionnaireBench> => {
  const bench = new QuestionnaireBench();
  for (const submission of submissions) await bench.submit.execute(actor, submission);
  return bench;
};

describe('SubmitQuestionnaire', () => {
  it('keeps the first answers, by whom and when, and tells who looks after the company', async () => {
    const answers = { financialYearStart: ' 1 July ', channelOnlinePct: 33.5, celebrationVision: 'A party\nfor all' };
    const { questionnaires, notifier, onboarding, history, clock } = await submitted(answers);
    const { companyId, contactId } = actor;
    expect(questionnaires.find(actor)).toEqual({
      answers: { ...NO_ANSWERS, ...answers, financialYearStart: '1 July' },
      ...{ completedAt: clock.now(), completedBy: contactId, updatedAt: clock.now() },
    });
    expect(notifier.raised).toMatchObject([
      {
        ...{ firmId: '1', type: 'questionnaire_completed', to: { userIds: ['11'] }, clientId: companyId },
        ...{ names: { client: 'Company' }, by: { contactId } },
      },
    ]);
    expect(onboarding.events).toMatchObject([{ clientId: companyId, trigger: 'questionnaire_completed' }]);
    expect(history.entries).toMatchObject([
      {
        ...{
          action: 'questionnaire.completed',
          subject: { type: 'questionnaire', id: companyId },
          clientId: companyId,
        },
        author: { contactId },
        details: { financialYearStart: { from: null, to: '1 July' }, channelOnlinePct: { from: null, to: 33.5 } },
      },
    ]);
  });

  it('changes nothing when the same comes again, and tells nobody', async () => {
    const first = { keyTradingPeriods: 'November', channelInstorePct: 0, goals: [GOAL] };
    const bench = await submitted(first);
    const before = [
      bench.questionnaires.find(actor),
      bench.questionnaires.goalsOf(actor),
      bench.history.entries.length,
    ];
    bench.clock.advance(60);
    await bench.submit.execute(actor, first);
    const after = [bench.questionnaires.find(actor), bench.questionnaires.goalsOf(actor), bench.history.entries.length];
    expect(after).toEqual(before);
    expect([bench.notifier.raised.length, bench.onboarding.events.length]).toEqual([1, 1]);
  });

  it('changes what is given and nothing else; null and empty text take an answer away', async () => {
    const bench = await submitted({ financialYearStart: '1 July', financialYearEnd: '30 June', channelOnlinePct: 5 });
    bench.clock.advance(60);
    await bench.submit.execute(actor, { financialYearStart: ' ', channelOnlinePct: null, celebrationVision: 'Cake' });
    expect(bench.questionnaires.find(actor)).toMatchObject({
      answers: { ...NO_ANSWERS, financialYearEnd: '30 June', celebrationVision: 'Cake' },
      updatedAt: bench.clock.now(),
    });
    expect(bench.history.entries.at(-1)).toMatchObject({
      action: 'questionnaire.updated',
      details: { channelOnlinePct: { from: 5, to: null }, celebrationVision: { from: null, to: 'Cake' } },
    });
    expect(bench.notifier.raised).toHaveLength(1);
  });

  it('is completed by goals alone, too, and by whom is not always known', async () => {
    const bench = new QuestionnaireBench();
    const unknown = { ...actor, contactId: null };
    await bench.submit.execute(unknown, { goals: [GOAL] });
    expect(bench.questionnaires.find(actor)).toMatchObject({ answers: NO_ANSWERS, completedBy: null });
    expect(bench.notifier.raised).toMatchObject([{ by: null }]);
  });

  it('tells nobody when nobody looks after the company', async () => {
    const bench = new QuestionnaireBench();
    bench.questionnaires.managerId = null;
    await bench.submit.execute(actor, { goals: [GOAL] });
    expect([bench.notifier.raised, bench.onboarding.events.length]).toEqual([[], 1]);
  });

  it('keeps one goal for each metric and type of period, by its key or its name', async () => {
    const bench = await submitted({
      goals: [GOAL, { metric: 'ROAS', target: 4, metricKey: 'roas', metricLabel: 'Return' }],
    });
    await bench.submit.execute(actor, {
      goals: [
        { ...GOAL, target: 300_000, unit: undefined },
        { ...GOAL, period: 'year' },
      ],
    });
    expect(bench.questionnaires.goalsOf(actor)).toEqual([
      { id: 'goal-1', ...GOAL, metricKey: 'revenue', metricLabel: null, target: 300_000 },
      {
        id: 'goal-2',
        metric: 'ROAS',
        target: 4,
        metricKey: 'roas',
        metricLabel: 'Return',
        unit: null,
        period: 'month',
      },
      { id: 'goal-3', ...GOAL, metricKey: 'revenue', metricLabel: null, period: 'year' },
    ]);
    expect(bench.history.actions).toEqual([
      ...['questionnaire.completed 500', 'goal.created goal-1', 'goal.created goal-2'],
      ...['goal.created goal-3', 'goal.updated goal-1'],
    ]);
    expect(bench.history.entries.at(-1)?.details).toEqual({ target: { from: 250_000, to: 300_000 } });
  });

  it('keeps what is of one company from others', async () => {
    const bench = await submitted({ financialYearStart: '1 July', goals: [GOAL] });
    const other = aPortalUser({ companyId: '501' as ClientId });
    expect([bench.questionnaires.find(other), bench.questionnaires.goalsOf(other)]).toEqual([null, []]);
  });

  it.each<[string, Submission]>([
    ['financialYearStart', { financialYearStart: 'x'.repeat(61) }],
    ['financialYearEnd', { financialYearEnd: 'two\nlines' }],
    ['keyTradingPeriods', { keyTradingPeriods: 'x'.repeat(2001) }],
    ['celebrationVision', { celebrationVision: 'x'.repeat(5001) }],
    ['growthPrioritiesText', { growthPrioritiesText: 'a\u0000b' }],
    ['companyDirectionText', { companyDirectionText: 'x'.repeat(5001) }],
    ['channelOnlinePct', { channelOnlinePct: 100.01 }],
    ['channelInstorePct', { channelInstorePct: -1 }],
    ['channelWholesalePct', { channelWholesalePct: NaN }],
    ['goals', { goals: Array.from({ length: 51 }, (_, at) => ({ ...GOAL, metricKey: `m${at}` })) }],
    ['goals/1/metric', { goals: [GOAL, { ...GOAL, metric: ' ' }] }],
    ['goals/0/metric', { goals: [{ ...GOAL, metric: 'x'.repeat(121) }] }],
    ['goals/0/target', { goals: [{ ...GOAL, target: 1e11 }] }],
    ['goals/0/target', { goals: [{ ...GOAL, target: 0.12345 }] }],
    ['goals/0/target', { goals: [{ ...GOAL, target: Infinity }] }],
    ['goals/0/unit', { goals: [{ ...GOAL, unit: 'x'.repeat(21) }] }],
    ['goals/0/period', { goals: [{ ...GOAL, period: 'day' }] }],
    ['goals/0/metricKey', { goals: [{ ...GOAL, metricKey: 'two words' }] }],
    ['goals/0/metricLabel', { goals: [{ ...GOAL, metricLabel: 'x'.repeat(121) }] }],
    ['goals/1/metricKey', { goals: [GOAL, { ...GOAL, metric: 'revenue' }] }],
  ])('refuses %s that holds what it must not, and keeps nothing', async (field, submission) => {
    const bench = new QuestionnaireBench();
    await expect(bench.submit.execute(actor, submission)).rejects.toMatchObject({ code: 'invalid_value', field });
    expect([bench.questionnaires.find(actor), bench.history.entries, bench.notifier.raised]).toEqual([null, [], []]);
  });

  it.each<[string, Submission]>([
    ['nothing', {}],
    ['no goals', { goals: [] }],
  ])('refuses %s', async (_what, submission) => {
    const refused = new QuestionnaireBench().submit.execute(actor, submission);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'invalid_body' });
  });

  it.each([
    ['Month', 'month'],
    ['weekly', 'week'],
    ['QUARTERLY', 'quarter'],
    ['annual', 'year'],
    [' ', 'month'],
    [null, 'month'],
  ])('takes the period %j for a %s', async (period, kept) => {
    const { questionnaires } = await submitted({ goals: [{ ...GOAL, period }] });
    expect(questionnaires.goalsOf(actor)).toMatchObject([{ period: kept }]);
  });

  it('takes the greatest values', async () => {
    const { questionnaires } = await submitted({
      ...{ channelOnlinePct: 100, channelInstorePct: 0, keyTradingPeriods: 'x'.repeat(2000) },
      goals: [
        { metric: 'x'.repeat(120), target: -99_999_999_999.9999, unit: 'x'.repeat(20), metricKey: 'k'.repeat(60) },
      ],
    });
    expect(questionnaires.goalsOf(actor)).toHaveLength(1);
  });
});
