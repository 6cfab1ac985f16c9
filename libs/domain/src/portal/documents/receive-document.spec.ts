import { describe, expect, it } from '@jest/globals';
import { aPortalUser, DocumentBench } from '@portico/testing';
import type { BlobKey, ClientId, FileId, FirmId } from '../../kernel/index.js';
import type { SentDocument } from './document-filing.js';

const user = aPortalUser();

async function bench() {
  const all = new DocumentBench();
  const rootId = await all.withRoot();
  const blob = await all.blob('signed');
  const document: SentDocument = { originalName: 'Contract.pdf', contentType: 'application/pdf', blob };
  const send = (changes: Partial<SentDocument> = {}, by = user) =>
    all.receiveDocument.execute(by, { ...document, ...changes });
  const file = (id: FileId) => all.files.files.get(id);
  const folders = () => [...all.files.files.values()].filter(({ name }) => name === 'From client');
  return { ...all, all, rootId, blob, send, file, folders };
}

describe('ReceiveDocument', () => {
  it('puts the document into the folder of the company, which it makes', async () => {
    const { send, file, folders, rootId, blob, clock, history } = await bench();
    const id = await send();
    const [folder] = folders();
    expect(folder).toMatchObject({ parentId: rootId, isFolder: true, createdBy: '7', firmId: '1' });
    expect(file(id)).toMatchObject({
      ...{ name: 'Contract.pdf', originalName: 'Contract.pdf', contentType: 'application/pdf', isFolder: false },
      ...{ parentId: folder?.id, blobKey: blob.key, createdBy: '7', createdAt: clock.now(), hidesExtension: false },
    });
    expect(history.entries.slice(0, 2)).toMatchObject([
      {
        ...{ action: 'folder.created', subject: { type: 'folder', id: folder?.id }, clientId: '500', author: user },
        details: { name: 'From client', parentId: rootId },
      },
      {
        ...{ action: 'file.uploaded', subject: { type: 'file', id }, clientId: '500', author: user },
        details: { name: 'Contract.pdf', bytes: 6, sha256: blob.sha256, parentId: folder?.id },
      },
    ]);
  });

  it('takes the folder that is there, also when somebody makes it at the same moment', async () => {
    const { send, file, folders, inboxes, withFolder } = await benchWithFolders();
    inboxes.meanwhile = () => withFolder();
    const ids = [await send(), await send()];
    expect(folders()).toHaveLength(1);
    expect(ids.map((id) => file(id)?.parentId)).toEqual([folders()[0]?.id, folders()[0]?.id]);
  });

  it('makes another folder when the one that was there is archived or stands elsewhere', async () => {
    const { all, send, folders, rootId } = await bench();
    await all.withFolder({ name: 'From client', parentId: rootId, deletedAt: new Date(), archivedWith: '2' as FileId });
    await all.withFolder({ name: 'From client', parentId: null });
    await send();
    expect(folders()).toHaveLength(3);
  });

  it('is called as its caption says, with its own extension', async () => {
    const { send, file } = await bench();
    expect(file(await send({ caption: 'Signed contract' }))).toMatchObject({
      ...{ name: 'Signed contract.pdf', hidesExtension: true, originalName: 'Contract.pdf' },
    });
    expect(file(await send({ caption: 'Signed.PDF' }))).toMatchObject({ name: 'Signed.PDF', hidesExtension: false });
  });

  it('shows it to whoever has sent it, by themselves and without a mail', async () => {
    const { send, publications, proof, history, blob } = await bench();
    const id = await send();
    const [made] = publications.calls;
    expect(made?.call).toMatchObject({ userId: null, contactId: '20', contactNotification: 'do_not_notify' });
    expect(made?.results).toEqual([{ fileId: id, failed: [], told: [] }]);
    expect(publications.kept).toMatchObject([{ fileId: id, contactId: '20', deliveryId: null, withdrawnAt: null }]);
    expect(proof.events).toEqual([
      {
        ...{ firmId: '1', kind: 'published', fileId: id, contactId: null, deliveryId: null },
        data: {
          ...{ call: made?.call.id, user: null, contact: '20', name: 'Contract.pdf', sha256: blob.sha256 },
          ...{ contacts: [{ contact: '20', rule: 'override', of: null }], told: [] },
        },
      },
    ]);
    expect(history.entries.at(-1)).toMatchObject({ action: 'files.published', author: user });
  });

  it('tells who looks after the company, if anybody does', async () => {
    const { send, notifier, inboxes } = await bench();
    const id = await send();
    expect(notifier.raised).toEqual([
      {
        ...{ firmId: '1', type: 'document_received', clientId: '500', resource: { type: 'file', id } },
        ...{ names: { name: 'Contract.pdf' }, by: { contactId: '20' }, to: { userIds: ['7'] } },
      },
    ]);
    inboxes.managerId = null;
    await send();
    expect(notifier.raised).toHaveLength(1);
  });

  it.each<[string, Partial<SentDocument>, object]>([
    ['a name with a slash', { originalName: 'a/b.pdf' }, { code: 'invalid_name' }],
    ['an empty caption', { caption: ' ' }, { code: 'invalid_name' }],
    ['a caption that is too long', { caption: 'x'.repeat(256) }, { code: 'invalid_name' }],
    ['bytes that are gone', { blob: { key: 'gone' as BlobKey, bytes: 1, sha256: '00' } }, { code: 'blob_missing' }],
  ])('refuses %s, and changes nothing', async (_what, changes, refusal) => {
    const { all, send, folders } = await bench();
    await expect(send(changes)).rejects.toMatchObject(refusal);
    expect([folders(), all.history.entries, all.publications.kept, all.proof.events, all.notifier.raised]).toEqual([
      ...[[], [], [], [], []],
    ]);
  });

  it('takes nothing for a company whose folder is archived, or that has none', async () => {
    const { all, send, rootId } = await bench();
    for (const stranger of [aPortalUser({ companyId: '501' as ClientId }), aPortalUser({ firmId: '2' as FirmId })])
      await expect(send({}, stranger)).rejects.toMatchObject({ kind: 'conflict', code: 'documents_closed' });
    all.files.files.get(rootId)?.archive(new Date());
    await expect(send()).rejects.toMatchObject({ code: 'documents_closed' });
  });
});

/** The bench, and how somebody else makes the folder. */
async function benchWithFolders() {
  const made = await bench();
  const withFolder = async () => {
    await made.all.withFolder({ name: 'From client', parentId: made.rootId });
  };
  return { ...made, withFolder };
}
