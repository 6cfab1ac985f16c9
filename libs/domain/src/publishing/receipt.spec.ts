import { describe, expect, it } from '@jest/globals';
import type { ContactId, FileId } from '../kernel/index.js';
import { NO_HASH, type ProofEvent, type ProofEventKind } from '../proof/index.js';
import type { ReceiptSource } from './publishing-queries.js';
import { receiptOf } from './receipt.js';

const FILE = { id: '37' as FileId, name: 'Statement.pdf', sha256: 'aa', bytes: 100 };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 2, 3, minute));

function event(seq: number, kind: ProofEventKind, data: object, contactId: string | null = null): ProofEvent {
  return {
    seq,
    at: at(seq),
    kind,
    fileId: FILE.id,
    contactId: contactId as ContactId | null,
    deliveryId: null,
    data: JSON.stringify(data),
    previousHash: NO_HASH,
    hash: NO_HASH,
  };
}

function receipt(...events: ProofEvent[]) {
  const source: ReceiptSource = { file: FILE, events, deliveries: [], contacts: [] };
  return receiptOf(source);
}

const published = (seq: number, ...contacts: string[]) =>
  event(seq, 'published', {
    call: 'c',
    user: '1',
    name: FILE.name,
    sha256: FILE.sha256,
    contacts: contacts.map((contact) => ({ contact, rule: 'entity', of: '10' })),
    told: [],
  });
const downloaded = (seq: number, from: number, to: number) =>
  event(seq, 'downloaded', { sha256: 'aa', bytes: 100, from, to }, '5');

describe('A receipt', () => {
  it('tells of each contact when and by whom and through which rule it was published, and withdrawn', () => {
    const all = receipt(
      published(1, '5', '12'),
      event(2, 'withdrawn', { user: '2', contacts: ['5'] }),
      published(3, '5'),
    );
    const first = { publishedBy: '1', rule: 'entity', ruleId: '10', sha256: 'aa' };
    expect(all.map(({ contactId, publications }) => [contactId, publications])).toEqual([
      [
        '5',
        [
          { ...first, publishedAt: at(1), withdrawnAt: at(2), withdrawnBy: '2' },
          { ...first, publishedAt: at(3), withdrawnAt: null, withdrawnBy: null },
        ],
      ],
      ['12', [{ ...first, publishedAt: at(1), withdrawnAt: null, withdrawnBy: null }]],
    ]);
  });

  it('counts views, and keeps the first acknowledgement', () => {
    const [contact] = receipt(
      published(1, '5'),
      event(2, 'viewed', { sha256: 'aa' }, '5'),
      event(3, 'acknowledged', {}, '5'),
      event(4, 'viewed', { sha256: 'aa' }, '5'),
    );
    expect(contact?.viewed).toEqual({ firstAt: at(2), lastAt: at(4), count: 2 });
    expect(contact?.acknowledgedAt).toEqual(at(3));
    expect(contact?.downloaded).toBeNull();
  });

  it('tells which bytes were downloaded, as ranges that are apart', () => {
    const [contact] = receipt(published(1, '5'), downloaded(2, 50, 59), downloaded(3, 0, 9), downloaded(4, 10, 19));
    expect(contact?.downloaded).toMatchObject({ count: 3, ranges: [[0, 19], [50, 59]], isComplete: false }); // prettier-ignore
  });

  it('says that a download is complete when every byte has left, in however many parts', () => {
    const [contact] = receipt(published(1, '5'), downloaded(2, 40, 99), downloaded(3, 0, 49));
    expect(contact?.downloaded).toMatchObject({ ranges: [[0, 99]], isComplete: true });
  });

  it('counts no bytes that a program fetched ahead', () => {
    const data = { sha256: 'aa', bytes: 100, from: 0, to: 99, prefetch: true };
    const [contact] = receipt(published(1, '5'), event(2, 'downloaded', data, '5'));
    expect(contact?.downloaded).toBeNull();
  });

  it('cuts an interrupted download to what had left', () => {
    const cut = (sent: number) => event(3, 'download_interrupted', { sha256: 'aa', from: 0, to: 99, sent }, '5');
    const [some] = receipt(published(1, '5'), downloaded(2, 0, 99), cut(30));
    expect(some?.downloaded).toMatchObject({ ranges: [[0, 29]], isComplete: false });
    const [none] = receipt(published(1, '5'), downloaded(2, 0, 99), cut(0));
    expect(none?.downloaded).toMatchObject({ ranges: [], isComplete: false });
  });
});
