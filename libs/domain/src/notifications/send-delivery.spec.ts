import { describe, expect, it } from '@jest/globals';
import { aNewsNotice, aNotice, aStanding, NotificationBench } from '@portico/testing';
import type { FirmId } from '../kernel/index.js';
import { MAX_ATTEMPTS } from './delivery.js';

async function benchWithMail() {
  const bench = new NotificationBench();
  const delivery = await bench.with();
  const execute = () => bench.sendDelivery.execute({ firmId: delivery.firmId, deliveryId: delivery.id });
  return { bench, delivery, execute };
}

const messageId = '<1@example.test>';

describe('SendDelivery', () => {
  it('counts the attempt before it sends, and keeps what the server answered', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.meanwhile = async () => expect(delivery).toMatchObject({ attempts: 1, answeredAt: null });
    expect(await execute()).toBe('accepted');
    expect(delivery).toMatchObject({ state: 'sent', attempts: 1, answer: '250 OK', settledAt: bench.clock.now() });
    expect(bench.sender.sent).toEqual([expect.objectContaining({ address: 'adam@example.test', notice: aNotice() })]);
    expect(bench.proof.events).toEqual([
      {
        firmId: '1',
        kind: 'mail_sent',
        fileId: null,
        contactId: '3',
        deliveryId: delivery.id,
        data: { address: 'adam@example.test', answer: '250 OK', attempts: 1, messageId },
      },
    ]);
    expect(bench.jobs.jobs).toEqual([]);
  });

  it('gives up at once what is refused for good', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.outcome = { kind: 'refused', answer: '550 no such user', messageId };
    await execute();
    expect(delivery).toMatchObject({ state: 'refused', answer: '550 no such user', attempts: 1 });
    expect(bench.proof.events).toMatchObject([{ kind: 'mail_refused', data: { answer: '550 no such user' } }]);
  });

  it('plans the next attempt, each after a longer pause, and tells the chain nothing yet', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.outcome = { kind: 'postponed', answer: '451 later', messageId };
    const pauses = [];
    for (let count = 0; count < 3; count++) {
      expect(await execute()).toBe('postponed');
      pauses.push(Number(bench.jobs.jobs.at(-1)?.at) - bench.clock.now().getTime());
    }
    expect(pauses).toEqual([30_000, 60_000, 120_000]);
    expect(delivery).toMatchObject({ state: 'queued', attempts: 3, answer: '451 later', settledAt: null });
    expect(bench.proof.events).toEqual([]);
  });

  it('fails after the last attempt', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.outcome = { kind: 'postponed', answer: '451 later', messageId };
    for (let count = 0; count < MAX_ATTEMPTS; count++) await execute();
    expect(delivery).toMatchObject({ state: 'failed', attempts: MAX_ATTEMPTS, answer: 'given up: 451 later' });
    expect(bench.jobs.jobs).toHaveLength(MAX_ATTEMPTS - 1);
    expect(bench.proof.events).toMatchObject([{ kind: 'mail_failed' }]);
  });

  it('does not try for ever when each attempt ends the process', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.meanwhile = () => Promise.reject(new Error('killed'));
    for (let count = 0; count < MAX_ATTEMPTS; count++) await expect(execute()).rejects.toThrow('killed');
    expect(await execute()).toBeNull();
    expect(delivery).toMatchObject({ state: 'failed', answer: 'given up: no attempt came to its end' });
    expect(bench.sender.sent).toHaveLength(MAX_ATTEMPTS);
  });

  it('sends to the address that the contact has now', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.notices.current = aNotice({ reader: { address: 'new@example.test' } });
    await execute();
    expect(bench.sender.sent).toMatchObject([{ address: 'new@example.test' }]);
    expect(delivery.address).toBe('new@example.test');
  });

  it.each([
    ['the files are gone', aNotice({ files: [], count: 0 }), 'failed', /withdrawn or archived/],
    ['the contact lost access', aNotice({ reader: { hasAccess: false } }), 'failed', /no access/],
    ['the contact has no address', aNotice({ reader: { address: null } }), 'refused', /no address/],
  ] as const)('sends nothing when %s', async (_why, notice, state, answer) => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.notices.current = notice;
    expect(await execute()).toBeNull();
    expect(bench.sender.sent).toEqual([]);
    expect(delivery).toMatchObject({ state, attempts: 0, answer: expect.stringMatching(answer) });
    expect(bench.proof.events).toMatchObject([{ kind: `mail_${state}`, data: { attempts: 0, messageId: null } }]);
  });

  it('does nothing about what is settled, unknown or another firm’s', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    delivery.settle('sent', '250 OK', bench.clock.now());
    expect(await execute()).toBeNull();
    expect(await bench.sendDelivery.execute({ firmId: '2' as FirmId, deliveryId: delivery.id })).toBeNull();
    expect([bench.sender.sent, bench.proof.events]).toEqual([[], []]);
  });

  it('leaves the last word to the newer of two attempts, unless the older was accepted', async () => {
    const { bench, delivery, execute } = await benchWithMail();
    bench.sender.outcome = { kind: 'postponed', answer: '451 later', messageId };
    bench.sender.meanwhile = async () => delivery.begin('adam@example.test', bench.clock.now());
    await execute();
    expect(delivery).toMatchObject({ state: 'queued', attempts: 2, answer: null });
    expect(bench.jobs.jobs).toEqual([]);
    bench.sender.outcome = { kind: 'accepted', answer: '250 OK', messageId };
    await execute();
    expect(delivery).toMatchObject({ state: 'sent', attempts: 4 });
  });

  it('tells the chain nothing of mails about other things than files', async () => {
    const bench = new NotificationBench();
    bench.notices.current = aNewsNotice();
    const { id, firmId } = await bench.with({ callId: null });
    expect(await bench.sendDelivery.execute({ firmId, deliveryId: id })).toBe('accepted');
    expect(bench.sender.sent).toMatchObject([{ notice: { kind: 'news' } }]);
    expect(bench.proof.events).toEqual([]);
  });

  it.each([
    ['everything was read', aNewsNotice({ standing: aStanding({ unread: 0 }), news: [], count: 0 }), /was read/],
    ['the type was turned off', aNewsNotice({ standing: aStanding({ preferred: false }) }), /not wanted/],
    ['the contact wants no mails', aNewsNotice({ standing: aStanding({ wantsMails: false }) }), /wants no mails/],
    ['the contact lost access', aNewsNotice({ standing: aStanding({ hasAccess: false }) }), /no access/],
  ] as const)('sends no news when %s', async (_why, notice, answer) => {
    const bench = new NotificationBench();
    bench.notices.current = notice;
    const delivery = await bench.with({ callId: null });
    expect(await bench.sendDelivery.execute({ firmId: delivery.firmId, deliveryId: delivery.id })).toBeNull();
    expect(bench.sender.sent).toEqual([]);
    expect(delivery).toMatchObject({ state: 'failed', attempts: 0, answer: expect.stringMatching(answer) });
    expect(bench.proof.events).toEqual([]);
  });
});
