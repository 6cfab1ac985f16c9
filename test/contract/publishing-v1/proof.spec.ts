import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, expectStatus, FilesApi, INSTANT } from '../../support/files-api.js';
import { PeopleApi } from '../../support/people-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { Audience, PublishingApi } from '../../support/publishing-api.js';
import { sqlOn } from '../../support/server-database.js';

jest.setTimeout(120_000);

let server: PorticoServer;
let files: FilesApi;
let people: PeopleApi;
let audience: Audience;
let publishing: PublishingApi;

beforeAll(async () => {
  server = await PorticoServer.start();
  files = new FilesApi(server.url, server.headers);
  people = PeopleApi.of(server);
  audience = new Audience(people);
  publishing = new PublishingApi(files);
});
afterAll(() => server.dispose());

/** A file that is published to as many contacts. */
async function published(contacts: number): Promise<{ file: string; contacts: string[] }> {
  const entity = (await people.entity()).id;
  const ids: string[] = [];
  for (let count = 0; count < contacts; count++) ids.push(await audience.contact({}, { entities: [entity] }));
  const { id: file } = await files.createIn({ entities: [entity] }, 'paper.txt');
  await publishing.published([file]);
  return { file, contacts: ids };
}

describe('Taking files back', () => {
  it('ends what contacts can see, of some or of all, and the next call can publish again', async () => {
    const { file, contacts } = await published(3);
    const [first = '', ...others] = contacts;
    const answer = await publishing.unpublish([file], [first, '999999']);
    expectStatus(answer, 200);
    const result = (ids: readonly string[]) => ({
      data: [
        {
          id: file,
          type: 'unpublish_files_result',
          attributes: { file_id: Number(file), contact_ids: ids.map(Number) },
        },
      ],
    });
    expect(answer.body).toEqual(result([first]));
    expect(await publishing.seenBy(file)).toEqual(others);
    expect((await publishing.unpublish([file])).body).toEqual(result(others));
    expect((await publishing.unpublish([file])).body).toEqual(result([]));
    expect(await publishing.seenBy(file)).toEqual([]);
    await publishing.published([file]);
    expect(await publishing.seenBy(file)).toEqual(contacts);
  });

  it('works in the archive too, so that a restore brings nothing back', async () => {
    const { file } = await published(1);
    await files.archive(file);
    expectStatus(await publishing.unpublish([file]), 200);
    expectStatus(await files.restore(file), 200);
    expect(await publishing.seenBy(file)).toEqual([]);
  });

  it('is refused for unknown files, folders, and bodies that are none', async () => {
    expectRefusal(await publishing.unpublish(['999999']), 403, { code: 'files_not_publishable' });
    const folder = await files.createFolder('No paper');
    expectRefusal(await publishing.unpublish([folder.id]), 400, { code: 'folders_not_publishable' });
    expectRefusal(await publishing.unpublish([]), 400, { source: { pointer: '/data/attributes/files_id' } });
    expectRefusal(await publishing.unpublish(['1'], []), 400, { source: { pointer: '/data/attributes/contact_ids' } });
  });
});

describe('The receipt of a file', () => {
  it('tells of each contact when and by whom it was published, and when it was taken back', async () => {
    const { file, contacts } = await published(2);
    const [first = '', second = ''] = contacts;
    await publishing.unpublish([file], [second]);
    const receipt = await publishing.receipt(file);
    const sha256 = createHash('sha256').update('content of paper.txt').digest('hex');
    const publication = {
      published_at: expect.stringMatching(INSTANT),
      published_by: expect.any(Number),
      rule: 'entity',
      rule_id: expect.any(Number),
      sha256,
      withdrawn_at: null,
      withdrawn_by: null,
    };
    const person = {
      first_name: 'Adam',
      last_name: 'Smith',
      mails: [],
      viewed: null,
      downloaded: null,
      acknowledged_at: null,
    };
    expect(receipt).toMatchObject({ file_id: Number(file), name: 'paper.txt', bytes: 20, sha256 });
    expect(receipt.contacts).toEqual([
      { contact_id: Number(first), ...person, publications: [publication] },
      {
        ...{ contact_id: Number(second), ...person },
        publications: [
          { ...publication, withdrawn_at: expect.stringMatching(INSTANT), withdrawn_by: expect.any(Number) },
        ],
      },
    ]);
  });

  it('shows the events that prove it, which anyone can hash again', async () => {
    const { file } = await published(1);
    await publishing.unpublish([file]);
    const { events } = await publishing.receipt(file);
    expect(events.map(({ kind }) => kind)).toEqual(['published', 'withdrawn']);
    for (const { hashed_text, hash, is_intact } of events) {
      expect(createHash('sha256').update(hashed_text).digest('hex')).toBe(hash);
      expect(is_intact).toBe(true);
    }
    const [first, second] = events;
    expect(second?.hashed_text).toContain(first?.hash);
    expect(second?.seq).toBe((first?.seq ?? 0) + 1);
  });

  it('is there for archived files, is empty for what was never published, and is none of a folder', async () => {
    const { file } = await published(1);
    await files.archive(file);
    expect((await publishing.receipt(file)).contacts).toHaveLength(1);
    const never = await files.create('never.txt');
    expect(await publishing.receipt(never.id)).toMatchObject({ contacts: [], events: [] });
    const folder = await files.createFolder('No paper');
    for (const id of [folder.id, '999999', 'x']) expectRefusal(await files.get(`/files/${id}/receipt`), 404);
  });

  it('keeps its contacts: who was published to is not deleted', async () => {
    const { contacts } = await published(1);
    expectRefusal(await people.delete(`/contacts/${contacts[0]}`), 409, { code: 'contact_has_files' });
  });
});

interface Audit {
  readonly intact: boolean;
  readonly firms: readonly { readonly firmId: string; readonly events: number; readonly faults: readonly object[] }[];
}

describe('portico audit verify', () => {
  const verify = async (): Promise<{ code: number | null; audit: Audit }> => {
    const { code, stdout } = await server.command('audit', 'verify', '--json');
    return { code, audit: JSON.parse(stdout) as Audit };
  };
  /** Does what only the owner of the tables can, past the triggers. */
  const tamper = (statement: string) =>
    sqlOn(
      server,
      `do $$ begin
         alter table proof_events disable trigger only_added_to;
         ${statement};
         alter table proof_events enable trigger only_added_to;
       end $$`,
    );

  it('finds nothing in an untouched chain, and every kind of tampering', async () => {
    await published(2);
    const before = await verify();
    expect(before).toMatchObject({ code: 0, audit: { intact: true } });
    const [row] = await sqlOn(server, 'select max(seq)::int as last from proof_events');
    const last = Number(row?.['last']);
    const kept = `create temp table kept as select * from proof_events where seq = ${last}`;

    await tamper(`update proof_events set at = at - interval '1 day' where seq = ${last}`);
    expect((await verify()).audit.firms[0]?.faults).toEqual([{ seq: last, fault: 'changed' }]);
    await tamper(`update proof_events set at = at + interval '1 day' where seq = ${last}`);
    expect((await verify()).code).toBe(0);

    await tamper(`${kept}; delete from proof_events where seq = ${last}`);
    const cut = await verify();
    expect(cut.code).toBe(1);
    expect(cut.audit).toMatchObject({
      intact: false,
      firms: [{ faults: [{ seq: last, fault: 'removed_at_the_end' }] }],
    });

    await sqlOn(
      server,
      `update proof_heads set seq = seq - 1, hash = (select hash from proof_events where seq = ${last - 1})`,
    );
    expect((await verify()).audit.firms[0]?.faults).toEqual([{ seq: last - 1, fault: 'head_changed' }]);
  });

  it('is refused by the database to begin with', async () => {
    await expect(sqlOn(server, 'update proof_events set seq = seq + 1')).rejects.toThrow('only be added to');
    await expect(sqlOn(server, 'delete from proof_events')).rejects.toThrow('only be added to');
    await expect(sqlOn(server, 'truncate proof_events')).rejects.toThrow('only be added to');
  });
});
