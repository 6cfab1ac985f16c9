import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  aPortalUser,
  CountingRandom,
  FixedClock,
  InMemoryHistory,
  InMemoryNoteBoard,
  InMemoryNotifier,
  InMemoryUnitOfWork,
} from '@portico/testing';
import type { ClientId, FirmId, PortalUser, UserId } from '../../kernel/index.js';
import { AddNote, type NewNoteInput } from './add-note.js';

const user = aPortalUser();
const BOSS = '12' as UserId;
const PARENT = '01989a3e-5f00-7000-8000-00000000000a';

let clock: FixedClock;
let board: InMemoryNoteBoard;
let history: InMemoryHistory;
let notifier: InMemoryNotifier;
let addNote: AddNote;

beforeEach(() => {
  clock = new FixedClock();
  board = new InMemoryNoteBoard();
  history = new InMemoryHistory();
  notifier = new InMemoryNotifier();
  const unitOfWork = new InMemoryUnitOfWork([board, history]);
  addNote = new AddNote(board, history, notifier, unitOfWork, clock, new CountingRandom());
});

const on = (subject: Pick<NewNoteInput, 'resourceType' | 'resourceId'>, more: Partial<NewNoteInput> = {}) => {
  const { resourceType, resourceId } = subject;
  return { resourceType, resourceId, content: 'Please send it once more', parentId: null, ...more };
};

describe('AddNote', () => {
  it('writes a note on an invoice or a project in the name of the contact, without white space around it', async () => {
    const invoice = board.with();
    const project = board.with({ resourceType: 'project', resourceId: '01989a3e-5f00-7000-8000-000000000002' });
    const id = await addNote.execute(user, on(invoice, { content: ' \n a\n\tb \u00a0' }));
    await addNote.execute(user, on(project));
    expect(board.added).toMatchObject([
      { id, subject: { name: 'INV-1' }, content: 'a\n\tb', parentId: null, contactId: '20', at: clock.now() },
      { subject: { resourceType: 'project' } },
    ]);
  });

  it('tells the history, with the beginning of a long note', async () => {
    const invoice = board.with();
    const id = await addNote.execute(user, on(invoice, { content: '\u{1f600}'.repeat(20_000) }));
    expect(history.entries).toEqual([
      {
        action: 'note.created',
        subject: { type: 'note', id },
        clientId: '500',
        details: {
          resourceType: { from: null, to: 'invoice' },
          resourceId: { from: null, to: invoice.resourceId },
          content: { from: null, to: `${'\u{1f600}'.repeat(1000)}…` },
          isClientVisible: { from: null, to: true },
          portalUserId: { from: null, to: '20' },
        },
        author: expect.objectContaining({ contactId: '20' }),
      },
    ]);
  });

  it('tells who delivers it, and nobody where there is nobody', async () => {
    const invoice = board.with({ deliveryManagerId: BOSS });
    await addNote.execute(user, on(invoice));
    expect(notifier.raised).toEqual([
      {
        type: 'note_received',
        firmId: '1',
        to: { userIds: [BOSS] },
        clientId: '500',
        resource: { type: 'invoice', id: invoice.resourceId },
        names: expect.objectContaining({ invoice: 'INV-1' }),
        by: { contactId: '20' },
      },
    ]);
    const other = board.with({ resourceId: '01989a3e-5f00-7000-8000-000000000002' });
    await addNote.execute(user, on(other));
    expect(notifier.raised).toHaveLength(1);
  });

  it('writes an answer to a note that clients see on the same resource', async () => {
    const invoice = board.with();
    board.withNote({ id: PARENT, resourceId: invoice.resourceId, isClientVisible: true });
    await addNote.execute(user, on(invoice, { parentId: PARENT.toUpperCase() }));
    expect(board.added).toMatchObject([{ parentId: PARENT }]);
    expect(history.entries).toMatchObject([{ details: { parentId: { from: null, to: PARENT } } }]);
  });

  it.each([
    ['is not for clients', { isClientVisible: false }, PARENT],
    ['is on something else', { resourceId: '01989a3e-5f00-7000-8000-00000000000f' }, PARENT],
    ['is not there', {}, '01989a3e-5f00-7000-8000-00000000000b'],
    ['can not be', {}, 'abc'],
  ])('does not find a parent that %s', async (_what, changes, parentId) => {
    const invoice = board.with({ deliveryManagerId: BOSS });
    board.withNote({ id: PARENT, resourceId: invoice.resourceId, isClientVisible: true, ...changes });
    const refused = addNote.execute(user, on(invoice, { parentId }));
    await expect(refused).rejects.toMatchObject({ kind: 'not_found', code: 'note_not_found' });
    expect([board.added, history.entries, notifier.raised]).toEqual([[], [], []]);
  });

  it.each<[string, Partial<PortalUser>, Partial<NewNoteInput>]>([
    ['unknown', {}, { resourceId: '01989a3e-5f00-7000-8000-00000000000f' }],
    ['no id at all', {}, { resourceId: 'abc' }],
    ['of another kind', {}, { resourceType: 'project' }],
    ['another company’s', { companyIds: ['501' as ClientId] }, {}],
    ['another firm’s', { firmId: '2' as FirmId }, {}],
  ])('does not find a resource that is %s', async (_what, who, what) => {
    const input = on(board.with(), what);
    const refused = addNote.execute(aPortalUser(who), input);
    await expect(refused).rejects.toMatchObject({ kind: 'not_found', code: `${input.resourceType}_not_found` });
    expect([board.added, history.entries]).toEqual([[], []]);
  });

  it('does not find a draft', async () => {
    const refused = addNote.execute(user, on(board.with({ isDraft: true })));
    await expect(refused).rejects.toMatchObject({ code: 'invoice_not_found' });
  });

  it('writes on what is of each company that counts', async () => {
    const invoice = board.with({ clientId: '501' as ClientId });
    await addNote.execute(aPortalUser({ companyIds: ['500', '501'] as ClientId[] }), on(invoice));
    expect(history.entries).toMatchObject([{ clientId: '501' }]);
  });

  it.each(['', ' \n ', 'x'.repeat(20_001), 'a\0b', 'a\u{d800}b'])('refuses the content %j', async (content) => {
    const refused = addNote.execute(user, on(board.with(), { content }));
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', field: 'content' });
    expect(board.added).toEqual([]);
  });
});
