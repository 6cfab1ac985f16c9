import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  aPublishableFile,
  CountingRandom,
  FixedClock,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryProofChain,
  InMemoryPublications,
  InMemoryUnitOfWork,
  RecordingDeliveryQueue,
} from '@portico/testing';
import type { ContactId, DeliveryId, EntityId, FileId } from '../kernel/index.js';
import { PublishFiles } from './publish-files.js';
import type { PublishFilesInput } from './publishing-input.js';
import { PublishingRecord } from './publishing-record.js';

const actor = anActor();
const ENTITY = '10' as EntityId;
const contact = (id: string, changes: object = {}) => ({
  contactId: id as ContactId,
  hasPortalAccess: true,
  publishFiles: true,
  notifyByEmail: true,
  address: `contact-${id}@example.test`,
  entityId: ENTITY,
  ...changes,
});

function world(
  given: {
    files?: ReturnType<typeof aPublishableFile>[];
    contacts?: ReturnType<typeof contact>[];
    lost?: string[];
  } = {},
) {
  const files = given.files ?? [
    aPublishableFile('1', { entityIds: [ENTITY] }),
    aPublishableFile('2', { entityIds: [ENTITY] }),
  ];
  const lost = new Set((given.lost ?? []) as DeliveryId[]);
  const publications = new InMemoryPublications(files, given.contacts ?? [contact('5'), contact('6')], lost);
  const [mails, history, proof] = [new RecordingDeliveryQueue(), new InMemoryHistory(), new InMemoryProofChain()];
  const unitOfWork = new InMemoryUnitOfWork([publications, history, proof]);
  const notifier = new InMemoryNotifier();
  const record = new PublishingRecord(history, proof, notifier);
  const useCase = new PublishFiles(publications, mails, record, new CountingRandom(), unitOfWork, new FixedClock());
  const input = (changes: Partial<PublishFilesInput>): PublishFilesInput => ({
    fileIds: files.map(({ id }) => id),
    overrideContactIds: [],
    portalPublishing: 'publish',
    contactNotification: 'notify',
    ...changes,
  });
  return {
    ...{ publications, mails, history, proof, notifier },
    publish: (changes: Partial<PublishFilesInput> = {}) => useCase.execute(actor, input(changes)),
    preview: (changes: Partial<PublishFilesInput> = {}) => useCase.preview(actor, input(changes)),
  };
}

describe('Publishing files', () => {
  it('makes the publications, one mail for each contact, the results, the history and the proof', async () => {
    const { publish, publications, mails, history, proof } = world();
    const { callId, isTelling } = await publish();
    expect(isTelling).toBe(true);
    expect(mails.queued.map(({ contactId, address }) => [contactId, address])).toEqual([
      ['5', 'contact-5@example.test'],
      ['6', 'contact-6@example.test'],
    ]);
    expect(publications.kept).toHaveLength(4);
    expect(publications.kept.map(({ deliveryId }) => deliveryId)).toEqual([
      'mail 1 to 5',
      'mail 2 to 6',
      'mail 1 to 5',
      'mail 2 to 6',
    ]);
    expect(publications.calls).toMatchObject([
      { call: { id: callId, userId: actor.userId }, results: [{ fileId: '1', told: ['5', '6'] }, { fileId: '2' }] },
    ]);
    expect(history.entries).toMatchObject([{ action: 'files.published', subject: { id: callId } }]);
    expect(proof.events).toMatchObject([
      {
        kind: 'published',
        fileId: '1',
        data: {
          call: callId,
          sha256: 'ab',
          contacts: [
            { contact: '5', rule: 'entity', of: ENTITY },
            { contact: '6', rule: 'entity', of: ENTITY },
          ],
          told: [{ contact: '5', delivery: 'mail 1 to 5' }, { contact: '6' }],
        },
      },
      { fileId: '2' },
    ]);
  });

  it('does nothing that was done, and tells nobody twice', async () => {
    const { publish, publications, mails, proof } = world();
    await publish();
    const { isTelling } = await publish();
    expect(isTelling).toBe(false);
    expect([publications.kept.length, mails.queued.length, proof.events.length]).toEqual([4, 2, 2]);
    expect(publications.calls).toHaveLength(2);
  });

  it('tells with a later call of what was published without telling', async () => {
    const { publish, publications, proof } = world();
    await publish({ contactNotification: 'do_not_notify' });
    await publish();
    expect(publications.kept).toHaveLength(4);
    expect(publications.kept.every(({ deliveryId }) => deliveryId !== null)).toBe(true);
    expect(proof.events.slice(2)).toMatchObject([{ data: { contacts: [], told: [{}, {}] } }, {}]);
  });

  it('tells again whom the mail did not reach', async () => {
    const { publish, mails } = world({ lost: ['mail 2 to 6'] });
    await publish();
    await publish();
    expect(mails.queued.map(({ contactId }) => contactId)).toEqual(['5', '6', '6']);
  });

  it('keeps whom it failed for in the results, and goes on', async () => {
    const { publish, publications } = world({ contacts: [contact('5', { hasPortalAccess: false }), contact('6')] });
    await publish();
    expect(publications.calls[0]?.results[0]).toEqual({ fileId: '1', failed: ['5'], told: ['6'] });
    expect(publications.kept.map(({ contactId }) => contactId)).toEqual(['6', '6']);
  });

  it.each<[string, Parameters<typeof world>[0], Partial<PublishFilesInput>, object]>([
    ['an unknown file', {}, { fileIds: ['1', '9'] as FileId[] }, { kind: 'forbidden', code: 'files_not_publishable' }],
    [
      'a file that the actor may not change',
      { files: [aPublishableFile('1'), aPublishableFile('2', { mayChange: false })] },
      {},
      { kind: 'forbidden', code: 'files_not_publishable', message: expect.stringContaining(': 2.') },
    ],
    ['a folder', { files: [aPublishableFile('1', { isFolder: true })] }, {}, { code: 'folders_not_publishable' }],
    ['an unknown contact', {}, { overrideContactIds: ['77' as ContactId] }, { code: 'unknown_contacts' }],
    ['nobody to tell', {}, { portalPublishing: 'do_not_publish' }, { code: 'notification_without_publishing' }],
  ])('is refused for %s, and changes nothing', async (_what, given, changes, refusal) => {
    const { publish, preview, publications, mails, history, proof } = world(given);
    await expect(publish(changes)).rejects.toMatchObject(refusal);
    await expect(preview(changes)).rejects.toMatchObject(refusal);
    expect([publications.kept, publications.calls, mails.queued, history.entries, proof.events]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  it('can be looked at before, which changes nothing', async () => {
    const { preview, publications, mails, history } = world();
    const plans = await preview();
    expect(plans.map(({ file, decisions }) => [file.id, decisions.length])).toEqual([
      ['1', 2],
      ['2', 2],
    ]);
    expect([publications.kept, publications.calls, mails.queued, history.entries]).toEqual([[], [], [], []]);
  });

  it('shows each contact one thing of what is new to them', async () => {
    const { publish, notifier } = world({
      contacts: [contact('5'), contact('6'), contact('7', { hasPortalAccess: false })],
    });
    await publish({
      fileIds: ['1' as FileId],
      portalPublishing: 'do_not_publish',
      contactNotification: 'do_not_notify',
      overrideContactIds: ['5' as ContactId],
    });
    await publish();
    await publish();
    const about = { type: 'file_published', clientId: null, by: { userId: actor.userId }, firmId: actor.firmId };
    expect(notifier.raised).toEqual([
      {
        ...about,
        to: { kind: 'contacts', ids: ['5'] },
        resource: { type: 'file', id: '1' },
        names: { name: expect.any(String), count: '1' },
      },
      {
        ...about,
        to: { kind: 'contacts', ids: ['6'] },
        resource: { type: 'publish_call', id: expect.any(String) },
        names: { name: expect.any(String), count: '2' },
      },
      {
        ...about,
        to: { kind: 'contacts', ids: ['5'] },
        resource: { type: 'file', id: '2' },
        names: { name: expect.any(String), count: '1' },
      },
    ]);
  });
});
