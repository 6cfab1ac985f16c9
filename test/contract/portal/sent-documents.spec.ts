import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClientFilesApi } from '../../support/client-files-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import { FilesApi, INSTANT } from '../../support/files-api.js';
import { filePart, multipart, type Part } from '../../support/multipart.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PortalWork } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

type Row = Record<string, unknown>;

let server: Portico;
let work: PortalWork;
let files: FilesApi;
let manager: string;
let company: string;
let contact: string;
let portal: PortalApi;
let office: ClientFilesApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
  files = new FilesApi(server.url, server.headers);
  manager = await work.staff('Delia');
  ({ company, contact, portal, office } = await aCompany());
}, 60_000);
afterAll(() => server.dispose());

async function aCompany(fields: Row = { deliveryManagerId: Number(manager) }) {
  const id = await work.client(fields);
  const user = await work.contact(id, { firstName: 'Adam', lastName: 'Smith' });
  const { entityId } = await work.office.read<{ entityId: number }>(`/clients/${id}`);
  const at = new ClientFilesApi(work.office, Number(id), String(entityId));
  return { company: id, contact: user, portal: work.portalOf(id, { user }), office: at };
}

const send = (parts: readonly Part[], of = portal) => {
  const { type, body } = multipart(parts);
  return of.call('post', '/files').set('Content-Type', type).send(body);
};
const captioned = (content: string): Part => ({ name: 'caption', content });
const sent = async (name = 'Contract.pdf', caption?: string, of = portal): Promise<Row & { id: string }> => {
  const answer = await send([filePart(name), ...(caption === undefined ? [] : [captioned(caption)])], of);
  expectStatus(answer, 201);
  return (answer.body as { file: Row & { id: string } }).file;
};
const folders = async (of = office) => (await of.folders()).filter(({ name }) => name === 'From client');
const told = (id: string): Promise<Row[]> =>
  sqlOn(
    server,
    'select type, user_id::text as "user", by_contact_id::text as "by", names from notifications where resource_id = $1',
    [id],
  );

describe('Send a document', () => {
  it('answers it as the user sees it from then on', async () => {
    const bytes = Buffer.from([0, 1, 254, 255]);
    const answer = await send([filePart('Vertrag für Äpfel.pdf', bytes, 'text/plain')]);
    expectStatus(answer, 201);
    const { file } = answer.body as { file: Row & { id: string } };
    expect(answer.body).toEqual({
      file: {
        id: expect.stringMatching(/^\d+$/),
        name: 'Vertrag für Äpfel.pdf',
        content_type: 'application/pdf',
        bytes: 4,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        published_at: expect.stringMatching(INSTANT),
        published_by: 'Adam Smith',
        is_read: true,
        viewed_at: null,
        downloaded_at: null,
        acknowledged_at: null,
      },
    });
    expect(answer.headers['location']).toBe(`/api/portal/files/${file.id}`);
    expect((await portal.list()).files[0]).toEqual(file);
    expect((await portal.download(file.id)).body).toEqual(bytes);
    expect((await portal.get(`/files/${file.id}`)).body).toMatchObject({ file: { id: file.id, name: file['name'] } });
  });

  it('puts it into the folder "From client" of the company, which is made once', async () => {
    const other = await aCompany();
    expect(await folders(other.office)).toEqual([]);
    const [first, second] = [
      await sent('a.txt', undefined, other.portal),
      await sent('b.txt', undefined, other.portal),
    ];
    const made = await folders(other.office);
    expect(made).toMatchObject([{ name: 'From client', directoryId: null, treeFolderId: null }]);
    const listed = await other.office.files(`?filter[directoryId]=${made[0]?.id}`);
    expect(listed.map(({ id, name }) => [String(id), name])).toEqual([
      [first.id, 'a.txt'],
      [second.id, 'b.txt'],
    ]);
  });

  it('makes the folder once also when several are sent at once', async () => {
    const other = await aCompany();
    const ids = await Promise.all([1, 2, 3, 4, 5].map((n) => sent(`${n}.txt`, undefined, other.portal)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(5);
    const made = await folders(other.office);
    expect(made).toHaveLength(1);
    expect(await other.office.files(`?filter[directoryId]=${made[0]?.id}`)).toHaveLength(5);
  });

  it('makes it again when staff have archived it, and takes one that they have made', async () => {
    const other = await aCompany();
    const own = await other.office.folder('From client');
    await sent('a.txt', undefined, other.portal);
    expect(await folders(other.office)).toMatchObject([{ id: own.id }]);
    await other.office.delete(`/folders/${own.id}`).expect(204);
    await sent('b.txt', undefined, other.portal);
    const [again] = await folders(other.office);
    expect(again?.id).not.toBe(own.id);
  });

  it('calls it as its caption says, with the extension that it has', async () => {
    expect(await sent('Contract.pdf', 'Signed contract')).toMatchObject({ name: 'Signed contract.pdf' });
    expect(await sent('Contract.pdf', 'Signed.pdf')).toMatchObject({ name: 'Signed.pdf' });
    const { id } = await sent('Contract.pdf', 'Version 1.2');
    const [folder] = await folders();
    const listed = await office.files(`?filter[directoryId]=${folder?.id}`);
    expect(listed.find((file) => String(file.id) === id)).toMatchObject({
      ...{ name: 'Version 1.2', file: expect.stringMatching(/_Contract\.pdf$/) },
    });
  });

  it('makes a file of the company’s entity, which whoever may see it sees', async () => {
    const { id } = await sent();
    const ofEntity = await files.get(`/files?filter[files][entityId]=${office.entityId}`);
    expect((ofEntity.body as { data: Row[] }).data.map((one) => one['id'])).toContain(id);
  });

  it('tells who looks after the company, if anybody does', async () => {
    const { id } = await sent('Told.pdf');
    expect(await told(id)).toEqual([
      { type: 'document_received', user: manager, by: contact, names: { name: 'Told.pdf' } },
    ]);
    const nobodys = await aCompany({});
    expect(await told((await sent('a.txt', undefined, nobodys.portal)).id)).toEqual([]);
  });

  it('shows it to nobody else in the portal', async () => {
    const { id } = await sent();
    const colleague = portal.as({ user: await work.contact(company) });
    for (const other of [colleague, (await aCompany()).portal]) {
      expect(await other.ids()).toEqual([]);
      expectPortalRefusal(await other.get(`/files/${id}`), 404, 'file_not_found');
    }
  });

  it('is for collaborators and admins, and for somebody', async () => {
    expectPortalRefusal(await send([filePart('a.txt')], portal.as({ role: 'viewer' })), 403, 'portal_role_too_small');
    await sent('a.txt', undefined, portal.as({ role: 'collaborator' }));
    const nobody = await send([filePart('a.txt')], portal.as({ user: undefined }));
    expectPortalRefusal(nobody, 400, 'portal_header_missing');
  });

  it('is read already', async () => {
    const other = await aCompany();
    const { id } = await sent('a.txt', undefined, other.portal);
    expect(await other.portal.ids('?unread=true')).toEqual([]);
    expect(await other.portal.ids('?unread=false')).toEqual([id]);
    expect((await other.portal.list()).files).toMatchObject([{ is_read: true, viewed_at: null }]);
  });
});

describe('What proves that a document was sent', () => {
  it('is the history, with the contact who sent it', async () => {
    const { id } = await sent();
    const entries = await sqlOn(
      server,
      `select action, client_id::text as client, contact_id::text as contact, user_id, credential_kind from history
       where subject_type = 'file' and subject_id = $1`,
      [id],
    );
    const by = { client: company, contact, user_id: null, credential_kind: 'portal_token' };
    expect(entries).toEqual([{ action: 'file.uploaded', ...by }]);
  });

  it('is a receipt, on which nobody but the contact has published it', async () => {
    const { id, sha256 } = await sent('Proof.pdf');
    await portal.acknowledge(id);
    const answer = await files.get(`/files/${id}/receipt`);
    expectStatus(answer, 200);
    const { attributes } = (answer.body as { data: { attributes: Row } }).data;
    expect(attributes['contacts']).toMatchObject([
      {
        contact_id: Number(contact),
        publications: [{ published_by: null, rule: 'override', rule_id: null, sha256, withdrawn_at: null }],
        mails: [],
        acknowledged_at: expect.stringMatching(INSTANT),
      },
    ]);
    const events = attributes['events'] as { kind: string; hashed_text: string; is_intact: boolean }[];
    expect(events.map(({ kind, is_intact: isIntact }) => [kind, isIntact])).toEqual([
      ['published', true],
      ['acknowledged', true],
    ]);
    expect(events[0]?.hashed_text).toContain(`\\"contact\\":\\"${contact}\\"`);
    const shown = await files.get(`/files/${id}/publications`);
    expect((shown.body as { data: { attributes: Row }[] }).data).toMatchObject([
      { attributes: { contact_id: Number(contact), published_by: null, rule: 'override', mail: null } },
    ]);
  });

  it('keeps the contact from being deleted', async () => {
    const user = await work.contact(company);
    await sent('a.txt', undefined, portal.as({ user }));
    const answer = await work.office.call('delete', `/contacts/${user}`);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([409, 'contact_has_files']);
  });

  it('can be published on by staff, to others and to the same', async () => {
    const { id } = await sent('Shared.pdf');
    const colleague = await work.contact(company);
    const data = {
      type: 'publish_portal_files_request',
      attributes: {
        ...{ files_id: [Number(id)], portal_publishing: 'PUBLISH', contact_notification: 'DO_NOT_NOTIFY' },
        publish_override_contact_ids: [Number(colleague), Number(contact)],
      },
    };
    expectStatus(await files.sendData('post', '/portal/publish_files', data), 200);
    expect(await portal.as({ user: colleague }).ids()).toEqual([id]);
    const own = (await portal.list()).files.find((file) => file.id === id);
    expect(own).toMatchObject({ published_by: 'Adam Smith', is_read: true });
  });
});

describe('A document that can not be taken', () => {
  it.each<[string, Part[], number, string, RegExp]>([
    ['no file', [captioned('x')], 400, 'file_missing', /file/],
    ['no part at all', [], 400, 'file_missing', /file/],
    ['two files', [filePart('a.txt'), filePart('b.txt')], 400, 'unexpected_part', /file/],
    ['another part', [filePart('a.txt'), { name: 'metadata', content: '{}' }], 400, 'unexpected_part', /metadata/],
    ['two captions', [filePart('a.txt'), captioned('a'), captioned('b')], 400, 'unexpected_part', /caption/],
    ['a name with a slash', [filePart('a/b.txt')], 400, 'invalid_name', /slash/],
    ['a name with a backslash', [filePart('a\\b.txt')], 400, 'invalid_name', /slash/],
    ['an empty caption', [filePart('a.txt'), captioned(' ')], 400, 'invalid_name', /empty/],
    ['a caption that is too long', [filePart('a.txt'), captioned('x'.repeat(256))], 400, 'invalid_name', /255/],
    ['a caption that leads up', [filePart('a.txt'), captioned('../b')], 400, 'invalid_name', /slash/],
  ])('is refused for %s', async (_what, parts, status, code, error) => {
    const before = await portal.ids('?limit=500');
    const answer = await send(parts);
    expectPortalRefusal(answer, status, code);
    expect((answer.body as { error: string }).error).toMatch(error);
    expect(await portal.ids('?limit=500')).toEqual(before);
  });

  it('is refused when it is no upload', async () => {
    const raw = (type: string, body: string) => portal.call('post', '/files').set('Content-Type', type).send(body);
    expectPortalRefusal(await raw('application/json', '{"caption":"x"}'), 415, 'unsupported_media_type');
    expectPortalRefusal(await raw('multipart/form-data', 'x'), 400, 'invalid_multipart');
    expectPortalRefusal(await portal.call('post', '/files'), 400, 'invalid_multipart');
  });

  it('is refused where the folder of the company is archived', async () => {
    const other = await aCompany();
    const { id } = await other.office.root(files);
    await files.archive(id);
    expectPortalRefusal(await send([filePart('a.txt')], other.portal), 409, 'documents_closed');
    expectStatus(await files.restore(id), 200);
    await sent('a.txt', undefined, other.portal);
  });
});
