import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContactId, FileId, FirmId } from '@portico/domain/kernel';
import { hashedText, NO_HASH, type NewProofEvent, type ProofEvent } from '@portico/domain/proof';
import { FixedClock } from '@portico/testing';
import { SecretKey } from '../../src/platform/config/secret-key.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { ChainVerifier } from '../../src/proof/chain-verifier.js';
import { hashOf, HeadSeal } from '../../src/proof/head-seal.js';
import { SqlProofChain } from '../../src/proof/sql-proof-chain.js';
import { aFirm } from '../support/rows.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const seal = (byte: number) => new HeadSeal(new SecretKey(Buffer.alloc(32, byte)));
let test: TestDatabase;
let unitOfWork: MikroOrmUnitOfWork;
let chain: SqlProofChain;
let verifier: ChainVerifier;
beforeAll(async () => {
  test = await testDatabase();
  unitOfWork = new MikroOrmUnitOfWork(test.database);
  chain = new SqlProofChain(test.database, new FixedClock(), seal(7));
  verifier = new ChainVerifier(test.database, seal(7));
}, 60_000);
afterAll(() => test.dispose());

const viewed = (file: string, data: object = {}): NewProofEvent => ({
  kind: 'viewed',
  fileId: file as FileId,
  contactId: '3' as ContactId,
  deliveryId: null,
  data: { ...data },
});
const append = (firmId: FirmId, ...events: NewProofEvent[]) => unitOfWork.run(() => chain.append(firmId, events));

async function eventsOf(firmId: FirmId): Promise<ProofEvent[]> {
  const rows = await test.database.em.fork().execute<Record<string, unknown>[]>(
    `select seq::int, at, kind, file_id::text as "fileId", contact_id::text as "contactId", delivery_id as "deliveryId",
       data::text, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
     from proof_events where firm_id = ? order by seq`,
    [firmId],
  );
  return rows.map((row) => ({ ...(row as unknown as ProofEvent), at: new Date(row['at'] as string) }));
}

describe('The chain of events on PostgreSQL', () => {
  it('numbers events from 1 on, each with the hash of the one before it', async () => {
    const firmId = await aFirm(test.database);
    await append(firmId, viewed('1'), viewed('2', { name: 'Grüße "∎".pdf' }));
    await append(firmId, viewed('3'));
    await append(firmId);
    const events = await eventsOf(firmId);
    expect(events.map(({ seq, fileId }) => [seq, fileId])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
    ]);
    expect(events.map(({ previousHash }) => previousHash)).toEqual([NO_HASH, events[0]?.hash, events[1]?.hash]);
    for (const event of events) expect(hashOf(hashedText(firmId, event))).toBe(event.hash);
    expect(await verifier.verify(firmId)).toEqual({ firmId, events: 3, faults: [] });
  });

  it('has a chain for each firm', async () => {
    const [one, other] = [await aFirm(test.database), await aFirm(test.database)];
    await append(one, viewed('1'));
    await append(other, viewed('1'));
    const [first] = await eventsOf(other);
    expect(first).toMatchObject({ seq: 1, previousHash: NO_HASH });
    expect(first?.hash).not.toBe((await eventsOf(one))[0]?.hash);
  });

  it('goes with the work that failed', async () => {
    const firmId = await aFirm(test.database);
    await append(firmId, viewed('1'));
    const failure = unitOfWork.run(async () => {
      await chain.append(firmId, [viewed('2')]);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    await append(firmId, viewed('3'));
    expect((await eventsOf(firmId)).map(({ fileId }) => fileId)).toEqual(['1', '3']);
    expect((await verifier.verify(firmId)).faults).toEqual([]);
  });

  it('stays whole when many add to it at once, from its first event on', async () => {
    const firmId = await aFirm(test.database);
    await Promise.all(Array.from({ length: 20 }, (_, at) => append(firmId, viewed(String(at + 1)), viewed('100'))));
    expect(await verifier.verify(firmId)).toEqual({ firmId, events: 40, faults: [] });
  });

  it('knows its head by a key that is not in the database', async () => {
    const firmId = await aFirm(test.database);
    await append(firmId, viewed('1'));
    const { faults } = await new ChainVerifier(test.database, seal(8)).verify(firmId);
    expect(faults).toEqual([{ seq: 1, fault: 'head_changed' }]);
  });

  it('is walked in one moment, page by page', async () => {
    const firmId = await aFirm(test.database);
    await append(firmId, ...Array.from({ length: 5001 }, (_, at) => viewed(String(at + 1))));
    const pages: number[] = [];
    expect((await verifier.verify(firmId, (count) => pages.push(count))).events).toBe(5001);
    expect(pages).toEqual([5000, 1]);
  });
});
