import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { FirmId } from '../kernel/index.js';
import { hashedText, NO_HASH, type ProofEvent } from './proof-event.js';
import { ChainWalk, type ProofHead } from './verify-chain.js';

const FIRM = '1' as FirmId;
const hashOf = (firm: string, event: ProofEvent) => createHash('sha256').update(hashedText(firm, event)).digest('hex');

/** A good chain of `length` events. */
function chain(length: number): ProofEvent[] {
  const events: ProofEvent[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const previousHash = events.at(-1)?.hash ?? NO_HASH;
    const about = { kind: 'viewed', fileId: null, contactId: null, deliveryId: null, data: `{"n":${seq}}` } as const;
    const event = { ...about, seq, at: new Date(1_700_000_000_000 + seq), previousHash, hash: '' };
    events.push({ ...event, hash: hashOf(FIRM, event) });
  }
  return events;
}

function faultsOf(events: readonly ProofEvent[], head: ProofHead | null) {
  const walk = new ChainWalk(FIRM, hashOf);
  for (const event of events) walk.step(event);
  walk.end(head);
  return walk.result.faults;
}

const good = chain(5);
const head: ProofHead = { seq: 5, hash: good[4]?.hash ?? '', isSealed: true };
const rehashed = (event: ProofEvent): ProofEvent => ({ ...event, hash: hashOf(FIRM, event) });

describe('A chain of events', () => {
  it('is intact as it was written, and when it is empty', () => {
    expect(faultsOf(good, head)).toEqual([]);
    expect(faultsOf([], null)).toEqual([]);
    expect(faultsOf([], { seq: 0, hash: NO_HASH, isSealed: true })).toEqual([]);
  });

  it.each<[string, Partial<ProofEvent>]>([
    ['its data', { data: '{"n":33}' }],
    ['its instant', { at: new Date(0) }],
    ['its kind', { kind: 'acknowledged' }],
    ['the hash of the one before', { previousHash: NO_HASH }],
  ])('shows an event of which %s was changed', (_what, changed) => {
    const events = good.map((event) => (event.seq === 3 ? { ...event, ...changed } : event));
    expect(faultsOf(events, head)).toEqual([{ seq: 3, fault: 'changed' }]);
  });

  it('shows an event that was changed and hashed again', () => {
    const events = good.map((event) => (event.seq === 3 ? rehashed({ ...event, data: '{}' }) : event));
    expect(faultsOf(events, head)).toEqual([{ seq: 4, fault: 'broken_link' }]);
  });

  it('shows a removed event', () => {
    expect(faultsOf(good.filter(({ seq }) => seq !== 3), head)).toEqual([{ seq: 3, fault: 'removed' }]); // prettier-ignore
    expect(faultsOf(good.slice(1), head)).toEqual([{ seq: 1, fault: 'removed' }]);
  });

  it('shows that the end was cut off, or the whole chain', () => {
    expect(faultsOf(good.slice(0, 3), head)).toEqual([{ seq: 5, fault: 'removed_at_the_end' }]);
    expect(faultsOf([], head)).toEqual([{ seq: 5, fault: 'removed_at_the_end' }]);
  });

  it('shows a chain that was written anew: its head can not be sealed without the key', () => {
    expect(faultsOf(good, { ...head, isSealed: false })).toEqual([{ seq: 5, fault: 'head_changed' }]);
    expect(faultsOf(good, null)).toEqual([{ seq: 5, fault: 'head_missing' }]);
    expect(faultsOf(chain(6), head)).toEqual([{ seq: 6, fault: 'head_changed' }]);
  });
});
