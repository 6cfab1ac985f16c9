import { describe, expect, it, jest } from '@jest/globals';
import { aStanding, FixedClock, InMemoryBursts, InMemoryDeliveryQueue, InMemoryUnitOfWork } from '@portico/testing';
import type { ContactId, FirmId, UserId } from '../kernel/index.js';
import type { DueBurst } from './bursts.js';
import { SendBursts } from './send-bursts.js';

const [FIRM, OTHER] = ['1', '2'] as [FirmId, FirmId];

const burstOf = (id: number, changes: Partial<DueBurst> = {}): DueBurst => ({
  recipient: { contactId: String(id) as ContactId, userId: null },
  type: 'invoice_issued',
  address: `${id}@example.test`,
  standing: aStanding(),
  ...changes,
});

function world() {
  const clock = new FixedClock();
  const bursts = new InMemoryBursts();
  const queue = new InMemoryDeliveryQueue();
  const { deliveries, jobs } = queue;
  const unitOfWork = new InMemoryUnitOfWork([bursts, deliveries, jobs]);
  const sendBursts = new SendBursts(bursts, queue, unitOfWork, clock);
  const mails = () => [...deliveries.rows.values()];
  return { clock, bursts, queue, jobs, mails, sendBursts };
}

describe('SendBursts', () => {
  it('makes one mail of each burst that is due, with its job, and settles it', async () => {
    const { clock, bursts, jobs, mails, sendBursts } = world();
    const recipient = { contactId: null, userId: '9' as UserId };
    const staff = burstOf(0, { recipient, type: 'request_received', standing: aStanding({ isContact: false }) });
    bursts.add(FIRM, clock.now(), burstOf(3));
    bursts.add(FIRM, clock.now(), staff);
    bursts.add(FIRM, new Date(clock.now().getTime() + 1), burstOf(4));
    expect(await sendBursts.execute()).toBe(2);
    expect(mails()).toMatchObject([
      { firmId: FIRM, callId: null, contactId: '3', userId: null, address: '3@example.test', state: 'queued' },
      { firmId: FIRM, callId: null, contactId: null, userId: '9', address: '0@example.test', state: 'queued' },
    ]);
    expect(jobs.jobs.map(({ deliveryId }) => deliveryId)).toEqual(bursts.mails);
    expect(bursts.settled).toEqual([
      { recipient: burstOf(3).recipient, type: 'invoice_issued', deliveryId: mails()[0]?.id },
      { recipient: staff.recipient, type: 'request_received', deliveryId: mails()[1]?.id },
    ]);
    expect(bursts.waiting).toHaveLength(1);
  });

  it('makes none for those who want none now, and settles that too', async () => {
    const { clock, bursts, mails, sendBursts } = world();
    bursts.add(FIRM, clock.now(), burstOf(3, { standing: aStanding({ preferred: false }) }));
    bursts.add(FIRM, clock.now(), burstOf(4));
    bursts.add(FIRM, clock.now(), burstOf(5, { address: null }));
    expect(await sendBursts.execute()).toBe(1);
    expect(mails()).toMatchObject([{ contactId: '4' }]);
    expect(bursts.settled.map(({ deliveryId }) => deliveryId)).toEqual([null, mails()[0]?.id, null]);
    expect(await sendBursts.execute()).toBe(0);
  });

  it('goes firm by firm, and each firm has its own mails', async () => {
    const { clock, bursts, mails, sendBursts } = world();
    bursts.add(FIRM, clock.now(), burstOf(3));
    bursts.add(OTHER, clock.now(), burstOf(4));
    expect(await sendBursts.execute()).toBe(2);
    expect(mails().map(({ firmId, contactId }) => [firmId, contactId])).toEqual([
      [FIRM, '3'],
      [OTHER, '4'],
    ]);
  });

  it('goes on until nothing is due, unless the server stops', async () => {
    const { clock, bursts, mails, sendBursts } = world();
    for (let id = 1; id <= 501; id++) bursts.add(FIRM, clock.now(), burstOf(id));
    expect(await sendBursts.execute(() => true)).toBe(0);
    expect(await sendBursts.execute(() => mails().length > 0)).toBe(500);
    expect(await sendBursts.execute()).toBe(1);
  });

  it('takes everything back that fails', async () => {
    const { clock, bursts, queue, mails, sendBursts } = world();
    bursts.add(FIRM, clock.now(), burstOf(3));
    jest.spyOn(queue.jobs, 'add').mockRejectedValueOnce(new Error('killed'));
    await expect(sendBursts.execute()).rejects.toThrow('killed');
    expect([mails(), bursts.settled, bursts.waiting.length]).toEqual([[], [], 1]);
    expect(await sendBursts.execute()).toBe(1);
  });
});
