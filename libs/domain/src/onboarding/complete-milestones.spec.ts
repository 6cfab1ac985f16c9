import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  aPortalUser,
  CountingRandom,
  FixedClock,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryOnboardingProgress,
  type WaitingMilestone,
} from '@portico/testing';
import type { ClientId, FirmId } from '../kernel/index.js';
import { CompleteMilestones } from './complete-milestones.js';

const CLIENT = '500' as ClientId;
const contact = aPortalUser();

function bench(...waiting: Partial<WaitingMilestone>[]) {
  const progress = new InMemoryOnboardingProgress();
  progress.waiting = waiting.map((one) => ({
    ...{ firmId: '1' as FirmId, clientId: CLIENT, progressId: null, milestoneId: 'm1', title: 'First invoice' },
    trigger: 'invoice_issued',
    ...one,
  }));
  const [history, notifier, clock] = [new InMemoryHistory(), new InMemoryNotifier(), new FixedClock()];
  const triggers = new CompleteMilestones(progress, history, notifier, new CountingRandom(), clock);
  return { progress, history, notifier, clock, triggers };
}

describe('CompleteMilestones', () => {
  it('completes what waits for it, keeps that in the history and tells the client', async () => {
    const { progress, history, notifier, clock, triggers } = bench({}, { milestoneId: 'm2', progressId: 'p2' });
    await triggers.happened(anActor(), [{ clientId: CLIENT, trigger: 'invoice_issued' }]);
    const id = '00000000-0000-7000-8000-000000000001';
    expect(progress.completed).toEqual([
      { id, milestoneId: 'm1', at: clock.now() },
      { id: 'p2', milestoneId: 'm2', at: clock.now() },
    ]);
    expect(history.actions).toEqual([`onboarding_progress.created ${id}`, 'onboarding_progress.updated p2']);
    expect(history.entries).toMatchObject([
      { clientId: CLIENT, details: { milestoneId: { from: null, to: 'm1' }, completed: { from: null, to: true } } },
      { clientId: CLIENT, details: { completed: { from: false, to: true }, source: { from: 'manual', to: 'auto' } } },
    ]);
    expect(notifier.raised).toMatchObject([
      {
        ...{ type: 'milestone_reached', to: { kind: 'clients', ids: [CLIENT] }, clientId: CLIENT },
        ...{ names: { title: 'First invoice' }, by: { userId: '11' } },
      },
      { resource: { type: 'onboarding_milestone', id: 'm2' } },
    ]);
  });

  it('says that a contact did it, or that nobody is known who did', async () => {
    for (const [author, by] of [
      [contact, { contactId: '20' }],
      [{ ...contact, contactId: null }, null],
    ] as const) {
      const { triggers, notifier } = bench({ trigger: 'file_acknowledged' });
      await triggers.happened(author, [{ clientId: CLIENT, trigger: 'file_acknowledged' }]);
      expect(notifier.raised).toMatchObject([{ by }]);
    }
  });

  it('completes each milestone once', async () => {
    const { triggers, history } = bench({});
    const event = { clientId: CLIENT, trigger: 'invoice_issued' } as const;
    for (let time = 0; time < 2; time++) await triggers.happened(anActor(), [event, event]);
    expect(history.entries).toHaveLength(1);
  });

  it('leaves alone what waits for something else, and what is another client’s or firm’s', async () => {
    const { triggers, progress, history, notifier } = bench(
      { trigger: 'project_created' },
      { clientId: '501' as ClientId },
      { firmId: '2' as FirmId },
    );
    await triggers.happened(anActor(), [{ clientId: CLIENT, trigger: 'invoice_issued' }]);
    await triggers.happened(anActor(), []);
    expect([progress.completed, history.entries, notifier.raised]).toEqual([[], [], []]);
  });
});
