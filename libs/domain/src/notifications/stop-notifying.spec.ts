import { describe, expect, it } from '@jest/globals';
import { ContactBench } from '@portico/testing';
import type { ContactId, FirmId } from '../kernel/index.js';
import { StopNotifying } from './stop-notifying.js';

const firmId = '1' as FirmId;
const origin = { requestId: 'request-1', address: '127.0.0.1' };

function make() {
  const bench = new ContactBench();
  return { bench, stopNotifying: new StopNotifying(bench.contacts, bench.history, bench.unitOfWork, bench.clock) };
}

describe('StopNotifying', () => {
  it('turns the mails off once, and the history tells by which link', async () => {
    const { bench, stopNotifying } = make();
    const { id: contactId } = await bench.with();
    for (let count = 0; count < 2; count++) await stopNotifying.execute({ firmId, contactId, origin });
    expect(bench.contacts.contacts.get(contactId)).toMatchObject({ notifyByEmail: false, publishFiles: true });
    expect(bench.history.entries).toEqual([
      {
        action: 'contact.changed',
        subject: { type: 'contact', id: contactId },
        details: { notifyByEmail: { from: true, to: false } },
        author: { firmId, userId: null, credential: { kind: 'unsubscribe_link', id: contactId }, origin },
      },
    ]);
  });

  it('knows no contact of another firm', async () => {
    const { bench, stopNotifying } = make();
    const { id } = await bench.with();
    for (const [firm, contactId] of [
      ['2', id],
      ['1', '99' as ContactId],
    ] as const)
      await expect(stopNotifying.execute({ firmId: firm as FirmId, contactId, origin })).rejects.toMatchObject({
        code: 'contact_not_found',
      });
    expect(bench.contacts.contacts.get(id)?.notifyByEmail).toBe(true);
  });
});
