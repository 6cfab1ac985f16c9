import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContactId, DeliveryId, FirmId, UnitOfWork } from '@portico/domain/kernel';
import { Delivery, type DeliveryRepository } from '@portico/domain/notifications';
import { InMemoryDeliveries, InMemoryUnitOfWork } from '@portico/testing';
import { MailBench } from '../mail/mail-bench.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

interface Adapters {
  firmId: FirmId;
  otherFirm: FirmId;
  deliveries: DeliveryRepository;
  unitOfWork: UnitOfWork;
  /** A new delivery of the firm, not yet added. */
  readonly make: (changes?: { address?: string | null }) => Promise<Delivery>;
}

const NOWHERE = 'smtp://127.0.0.1:1';
const queuedAt = new Date('2026-02-03T04:05:06.789Z');
const later = (seconds: number) => new Date(queuedAt.getTime() + seconds * 1000);
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());

describe.each([
  ['InMemoryDeliveries', inMemory],
  ['MikroOrmDeliveryRepository', onPostgreSql],
])('the DeliveryRepository %s', (_name, make) => {
  const made: { current: Promise<Adapters> | null } = { current: null };
  const the = () => (made.current ??= make());

  async function added(count = 1): Promise<Delivery[]> {
    const { deliveries, unitOfWork, make: aDelivery } = await the();
    const all: Delivery[] = [];
    for (let index = 0; index < count; index++) all.push(await aDelivery());
    await unitOfWork.run(() => deliveries.add(all));
    return all;
  }
  const found = async (id: DeliveryId, firm?: FirmId) => {
    const { deliveries, unitOfWork, firmId } = await the();
    return unitOfWork.run(() => deliveries.find(firm ?? firmId, id));
  };
  /** Changes a delivery as a use case does. */
  async function changed(id: DeliveryId, change: (delivery: Delivery) => void): Promise<void> {
    const { deliveries, unitOfWork, firmId } = await the();
    await unitOfWork.run(async () => {
      const delivery = await deliveries.find(firmId, id);
      if (delivery) change(delivery);
    });
  }

  it('keeps every field of a new one', async () => {
    const { deliveries, unitOfWork, make: aDelivery } = await the();
    const [queued, refused] = [await aDelivery(), await aDelivery({ address: null })];
    await unitOfWork.run(() => deliveries.add([queued, refused]));
    for (const delivery of [queued, refused])
      expect({ ...(await found(delivery.id)) }).toEqual({ ...delivery, version: 1 });
    await unitOfWork.run(() => deliveries.add([]));
  });

  it('writes what was changed inside the unit of work, and nothing of one that fails', async () => {
    const [delivery] = await added();
    const { id } = delivery as Delivery;
    await changed(id, (row) => row.begin('new@example.test', later(1)));
    const failure = changed(id, (row) => {
      row.settle('failed', 'no', later(2));
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await found(id)).toMatchObject({ state: 'queued', attempts: 1, attemptedAt: later(1), answer: null });
    await changed(id, (row) => row.postpone('451 later', later(3), 30));
    expect(await found(id)).toMatchObject({ answer: '451 later', answeredAt: later(3), nextAttemptAt: later(33) });
    await changed(id, (row) => row.settle('sent', '250 OK', later(4)));
    expect(await found(id)).toMatchObject({ state: 'sent', settledAt: later(4), nextAttemptAt: null });
  });

  it('never finds what is another firm’s', async () => {
    const [delivery] = await added();
    expect(await found((delivery as Delivery).id, (await the()).otherFirm)).toBeNull();
    expect(await found(randomUUID() as DeliveryId)).toBeNull();
  });

  it('lists by ids what there is', async () => {
    const { deliveries, unitOfWork } = await the();
    const ids = (await added(2)).map(({ id }) => id);
    const list = await unitOfWork.run(() => deliveries.listLocked([...ids, randomUUID() as DeliveryId]));
    expect(list.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('lists what is undelivered, the first settled first', async () => {
    const { deliveries, unitOfWork, firmId, otherFirm } = await the();
    const [late, early, sent, queued, tooLate] = (await added(5)).map(({ id }) => id) as [
      DeliveryId,
      DeliveryId,
      ...DeliveryId[],
    ];
    await changed(late, (row) => row.settle('refused', 'no', later(20)));
    await changed(early, (row) => row.settle('failed', 'no', later(10)));
    await changed(String(sent) as DeliveryId, (row) => row.settle('sent', 'yes', later(10)));
    await changed(String(tooLate) as DeliveryId, (row) => row.settle('failed', 'no', later(30)));
    const list = async (firm: FirmId | null, most: number) => {
      const rows = await unitOfWork.run(() => deliveries.undelivered(firm, later(30), most));
      return rows.map(({ id }) => id).filter((id) => [late, early, sent, queued, tooLate].includes(id));
    };
    expect(await list(firmId, 100)).toEqual([early, late]);
    expect(await list(null, 100)).toEqual([early, late]);
    expect(await list(otherFirm, 100)).toEqual([]);
    expect(await unitOfWork.run(() => deliveries.undelivered(firmId, later(30), 1))).toHaveLength(1);
  });
});

async function inMemory(): Promise<Adapters> {
  const deliveries = new InMemoryDeliveries();
  const firmId = '1' as FirmId;
  return {
    firmId,
    otherFirm: '2' as FirmId,
    deliveries,
    unitOfWork: new InMemoryUnitOfWork([deliveries]),
    make: async (changes = {}) => deliveryOf(firmId, randomUUID(), '3' as ContactId, changes),
  };
}

async function onPostgreSql(): Promise<Adapters> {
  const bench = await MailBench.on(test.database, NOWHERE);
  const { firmId } = await MailBench.on(test.database, NOWHERE);
  await bench.work();
  await bench.stop(); // which has made what jobs are kept in
  const callId = await bench.publish({ contacts: [], files: [] });
  return {
    firmId: bench.firmId,
    otherFirm: firmId,
    deliveries: bench.deliveries,
    unitOfWork: bench.unitOfWork,
    make: async (changes = {}) => deliveryOf(bench.firmId, callId, await bench.contact(), changes),
  };
}

function deliveryOf(
  firmId: FirmId,
  callId: string,
  contactId: ContactId,
  changes: { address?: string | null },
): Delivery {
  const id = randomUUID() as DeliveryId;
  return new Delivery({ id, firmId, callId, contactId, address: 'adam@example.test', queuedAt, ...changes });
}
