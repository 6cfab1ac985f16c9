import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  aPublishableFile,
  FixedClock,
  InMemoryHistory,
  InMemoryNotifier,
  InMemoryProofChain,
  InMemoryPublications,
  InMemoryUnitOfWork,
} from '@portico/testing';
import type { ContactId, FileId, FirmId } from '../kernel/index.js';
import { PublishingRecord } from './publishing-record.js';
import { UnpublishFiles } from './unpublish-files.js';

const actor = anActor();
const id = <Id extends string>(text: string) => text as Id;

async function world(...files: ReturnType<typeof aPublishableFile>[]) {
  const publications = new InMemoryPublications(files, []);
  const [history, proof] = [new InMemoryHistory(), new InMemoryProofChain()];
  const unitOfWork = new InMemoryUnitOfWork([publications, history, proof]);
  const record = new PublishingRecord(history, proof, new InMemoryNotifier());
  const useCase = new UnpublishFiles(publications, record, unitOfWork, new FixedClock());
  for (const contactId of ['5', '6'])
    await publications.add(id<FirmId>('1'), 'call', [
      { fileId: id<FileId>('1'), contactId: id<ContactId>(contactId), rule: { kind: 'override' }, deliveryId: null },
    ]);
  const unpublish = (fileIds: string[], contactIds: string[] | null = null) =>
    useCase.execute(actor, { fileIds: fileIds as FileId[], contactIds: contactIds as ContactId[] | null });
  return { unpublish, publications, history, proof };
}

describe('Taking files back', () => {
  it('ends what contacts see, and keeps it in the history and the proof', async () => {
    const { unpublish, history, proof } = await world(aPublishableFile('1'), aPublishableFile('2'));
    expect([...(await unpublish(['2', '1']))]).toEqual([
      ['2', []],
      ['1', ['5', '6']],
    ]);
    expect(history.entries).toMatchObject([{ action: 'files.unpublished', details: { fileIds: ['2', '1'] } }]);
    expect(proof.events).toMatchObject([
      { kind: 'withdrawn', fileId: '1', data: { user: actor.userId, contacts: ['5', '6'] } },
    ]);
  });

  it('leaves the contacts that are not named', async () => {
    const { unpublish, publications } = await world(aPublishableFile('1'));
    await unpublish(['1'], ['6', '7']);
    expect(publications.kept.filter(({ withdrawnAt }) => withdrawnAt === null)).toMatchObject([{ contactId: '5' }]);
  });

  it('writes nothing when there is nothing to take back', async () => {
    const { unpublish, history, proof } = await world(aPublishableFile('1'), aPublishableFile('2'));
    await unpublish(['2']);
    expect([history.entries, proof.events]).toEqual([[], []]);
  });

  it('is refused for files that are unknown or not to be changed, and for folders', async () => {
    const { unpublish } = await world(
      aPublishableFile('1', { mayChange: false }),
      aPublishableFile('2', { isFolder: true }),
    );
    for (const file of ['1', '9'])
      await expect(unpublish([file])).rejects.toMatchObject({ code: 'files_not_publishable' });
    await expect(unpublish(['2'])).rejects.toMatchObject({ code: 'folders_not_publishable' });
  });
});
