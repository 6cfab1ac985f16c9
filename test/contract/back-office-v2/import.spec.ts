import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BackOfficeApi } from '../../support/back-office-api.js';
import { Operator } from '../../support/operator.js';
import type { CommandResult, Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface Imported {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly faults: readonly { line: number; column: string | null; message: string }[];
  readonly written: boolean;
}

interface Client {
  readonly id: number;
  readonly entityId: number;
  readonly externalId: string | null;
  readonly name: string;
  readonly parentClientId: number | null;
  readonly tier: string | null;
  readonly currency: string;
}

const ADMIN = 'admin@example.test';
let server: Portico;
let api: BackOfficeApi;
let operator: Operator;
let folder: string;

beforeAll(async () => {
  server = await SharedPortico.start();
  operator = new Operator(server);
  folder = await mkdtemp(path.join(tmpdir(), 'portico-import-'));
});
afterAll(async () => {
  await server.dispose();
  await rm(folder, { recursive: true });
});
let prefix = 0;
beforeEach(async () => {
  prefix++;
  api = await BackOfficeApi.of(server);
});

/** `$` in what is written stands for a name that no other test has. */
const own = (content: string): string => content.replaceAll('$', `t${prefix}-`);

async function run(what: 'clients' | 'contacts', content: string | Buffer, ...more: string[]): Promise<CommandResult> {
  const file = path.join(folder, `${prefix}.csv`);
  await writeFile(file, typeof content === 'string' ? own(content) : content);
  const user = more.includes('--user') ? [] : ['--user', ADMIN];
  const firm = more.includes('--firm') ? [] : ['--firm', server.credentials.firmId];
  return server.operate('import', what, file, ...firm, ...user, ...more);
}

async function imported(
  what: 'clients' | 'contacts',
  content: string | Buffer,
  ...more: string[]
): Promise<Imported & { code: number | null }> {
  const { code, stdout } = await run(what, content, '--json', ...more);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return { ...(JSON.parse(stdout) as Imported), code };
}

const counts = ({ created, updated, unchanged }: Imported) => [created, updated, unchanged];
const named = (names: string) => own(names).split(',').join('%2C');
const clients = (names: string, as = api) =>
  as.read<Client[]>(`/clients?sort_by=externalId&filter[externalId]=${named(names)}`);
const byName = async (names: string) =>
  Object.fromEntries((await clients(names)).map((client) => [client.externalId?.replace(/^t\d+-/, ''), client]));
const changes = async (subject: string, id: number) =>
  sqlOn(
    server,
    `select action, user_id is not null as of_user, credential_kind as kind from history
     where firm_id = $1 and subject_type = $2 and subject_id = $3 order by id`,
    [server.credentials.firmId, subject, String(id)],
  );

describe('Importing clients', () => {
  const FILE = 'externalId,name,parentClientExternalId,tier\n$child,Child,$top,core\n$top,Top,,\n';

  it('rehearses without --yes: it shows what would change, changes nothing, and says how to go on', async () => {
    const { code, stdout } = await run('clients', FILE);
    expect(code).toBe(0);
    expect(stdout).toContain('clients: 2 new, 0 changed, 0 unchanged, 0 refused\n');
    expect(stdout).toContain(own('line 2, $child: new\n'));
    expect(stdout).toContain('with --yes');
    const whole = { created: 2, updated: 0, unchanged: 0, faults: [], written: false, code: 0 };
    expect(await imported('clients', FILE)).toEqual(whole);
    expect(await imported('clients', FILE, '--dry-run', '--yes')).toEqual(whole);
    expect(await clients('$child,$top')).toEqual([]);
  });

  it('writes with --yes, with everything that a client has; the same once more changes nothing', async () => {
    expect(await imported('clients', FILE, '--yes')).toEqual({
      ...{ created: 2, updated: 0, unchanged: 0, faults: [], written: true, code: 0 },
    });
    const { child, top } = await byName('$child,$top');
    expect(child).toMatchObject({ name: 'Child', tier: 'core', parentClientId: top?.id });
    expect(top).toMatchObject({ name: 'Top', tier: null, parentClientId: null, currency: 'USD' });
    expect(await changes('client', child?.id ?? 0)).toEqual([
      { action: 'client.created', of_user: true, kind: 'operator' },
    ]);
    expect(await api.read(`/clients/${child?.id}/folders`)).toBeInstanceOf(Array);
    expect(await imported('clients', FILE, '--yes')).toEqual({
      ...{ created: 0, updated: 0, unchanged: 2, faults: [], written: false, code: 0 },
    });
    expect(await changes('client', child?.id ?? 0)).toHaveLength(1);
  });

  it('changes what cells say, leaves what they do not, and empties what they call null', async () => {
    await imported('clients', 'externalId,name,tier,currency\n$a,A,core,EUR\n$b,B,core,EUR\n', '--yes');
    const file = 'externalId,name,tier,currency\n$a,New,,\n$b,,null,\n';
    const { stdout } = await run('clients', file);
    expect(stdout).toContain('changed fields: name (1), tier (1)\n');
    expect(stdout).toContain(own('line 2, $a: name "A" → "New"\n'));
    expect(stdout).toContain(own('line 3, $b: tier "core" → null\n'));
    expect(counts(await imported('clients', file, '--yes'))).toEqual([0, 2, 0]);
    expect(await clients('$a,$b')).toMatchObject([
      { name: 'New', tier: 'core', currency: 'EUR' },
      { name: 'B', tier: null, currency: 'EUR' },
    ]);
  });

  it('tells every bad line with its column, and writes nothing', async () => {
    const file =
      'externalId;name;status;parentClientExternalId\r\n$ok;"Two\r\nlines";active;\r\n$a;A;activ;\r\n\r\n' +
      '$b;B;;$nobody\r\n$a;Again;;\r\n$new;;;\r\n$good;Good;;\r\n';
    const { code, stdout, stderr } = await run('clients', file, '--yes');
    expect([code, stderr]).toEqual([1, '5 lines are refused; nothing was written\n']);
    for (const [line, column] of [
      [2, 'name'],
      [4, 'status'],
      [4, 'externalId'],
      [6, 'parentClientExternalId'],
      [7, 'externalId'],
      [8, 'name'],
    ])
      expect(stdout).toContain(`\n  line ${line}, ${column}: `);
    const { faults, ...rest } = await imported('clients', file, '--yes');
    expect(rest).toEqual({ created: 1, updated: 0, unchanged: 0, written: false, code: 1 });
    expect(faults).toHaveLength(6);
    expect(Object.keys(faults[0] ?? {})).toEqual(['line', 'column', 'message']);
    expect(await clients('$ok,$a,$b,$new,$good')).toEqual([]);
  });

  it('leaves bad lines out with --skip-bad, and tells them', async () => {
    const file = 'externalId,name,currency\n$a,A,EUR\n$b,B,EUX\n$c,,\n$d,D,USD\n';
    const { code, written, faults, ...rest } = await imported('clients', file, '--yes', '--skip-bad');
    expect([code, written, counts({ ...rest, faults, written })]).toEqual([0, true, [2, 0, 0]]);
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [3, 'currency'],
      [4, 'name'],
    ]);
    expect((await clients('$a,$b,$c,$d')).map(({ name }) => name)).toEqual(['A', 'D']);
  });

  it.each([
    ['a column that is no field', 'externalId,nmae\n$a,A\n', 1, 'nmae'],
    ['no externalId', 'name\nA\n', 1, 'externalId'],
    ['a quote that is never closed', 'externalId,name\n$a,A\n$b,"B\n', 3, null],
    ['another encoding', Buffer.from('externalId,name\nm,M\xfcller\n', 'latin1'), 2, null],
    ['nothing in it', '', 1, 'externalId'],
  ])('refuses a file with %s as a whole', async (_what, content, line, column) => {
    const { code, faults, written } = await imported('clients', content, '--yes', '--skip-bad');
    expect([code, written]).toEqual([1, false]);
    expect(faults).toEqual([{ line, column, message: expect.stringMatching(/\w/) }]);
    expect(await clients('$a')).toEqual([]);
  });

  it('takes files of many rows, each group with its parent in the last line', async () => {
    const rows = Array.from({ length: 5000 }, (_one, at) => `$c${at},"Client, ${at}",$top`);
    const file = ['externalId,name,parentClientExternalId', ...rows, '$top,Top,'].join('\n');
    expect(counts(await imported('clients', file, '--yes'))).toEqual([5001, 0, 0]);
    const { top } = await byName('$top');
    const below = await api.get(`/clients?limit=1&filter[parentClientId]=${top?.id}`);
    expect(below.headers['x-total-count']).toBe('5000');
  }, 180_000);
});

describe('Importing contacts', () => {
  it('writes contacts of clients that the other system names', async () => {
    await imported('clients', 'externalId,name\n$house,House\n', '--yes');
    const file =
      'externalId,firstName,lastName,loginEmail,clientExternalId,language,publishFiles,emails\n' +
      '$p,Ada,Byron,$ADA@example.test,$house,de,FALSE,"[{""email"":""ada@work.test"",""emailType"":""WORK""}]"\n';
    expect(await imported('contacts', file, '--yes')).toMatchObject({ created: 1, written: true, code: 0 });
    const { house } = await byName('$house');
    const [contact] = await api.read<Record<string, unknown>[]>(`/contacts?filter[externalId]=${own('$p')}`);
    expect(contact).toMatchObject({
      ...{ firstName: 'Ada', loginEmail: own('$ada@example.test'), clientId: house?.id, language: 'de' },
      ...{ publishFiles: false, emails: [{ email: 'ada@work.test', emailType: 'WORK' }] },
    });
    expect(await changes('contact', contact?.['id'] as number)).toEqual([
      { action: 'contact.created', of_user: true, kind: 'operator' },
    ]);
    expect(counts(await imported('contacts', file, '--yes'))).toEqual([0, 0, 1]);
    const { stdout } = await run('contacts', 'externalId,lastName,clientExternalId\n$p,King,null\n');
    expect(stdout).toContain(own(`$p: lastName "Byron" → "King"; clientExternalId "${own('$house')}" → null\n`));
  });

  it('tells what is taken, unknown and missing', async () => {
    await imported('contacts', 'externalId,firstName,lastName,loginEmail\n$p,A,B,$p@example.test\n', '--yes');
    const { faults, code } = await imported(
      'contacts',
      'externalId,firstName,lastName,loginEmail,clientExternalId\n' +
        '$q,A,B,$p@example.test,\n$r,A,B,,$nowhere\n$s,A,,,\n$t,A,B,no address,\n$u,A,B,$u@example.test,\n',
      '--yes',
    );
    expect([code, faults.map(({ line, column }) => [line, column])]).toEqual([
      1,
      [
        [2, 'loginEmail'],
        [3, 'clientExternalId'],
        [4, 'lastName'],
        [5, 'loginEmail'],
      ],
    ]);
  });
});

describe('The user in whose name it is imported', () => {
  const FILE = 'externalId,name\n$a,Changed\n';
  const refused = async (what: 'clients' | 'contacts', message: string | RegExp, ...more: string[]) => {
    const { code, stdout, stderr } = await run(what, 'externalId\n', '--yes', ...more);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)]);
  };

  it('belongs to the firm', async () => {
    const other = await operator.firm('Other');
    const foreign = await operator.user({ permissions: ['firm_admin'], firm: other.firmId });
    await refused('clients', /no user/, '--user', foreign);
    await refused('clients', /no firm 999999/, '--user', foreign, '--firm', '999999');
    await imported('clients', 'externalId,name\n$a,Mine\n', '--yes');
    const theirs = ['--user', foreign, '--firm', other.firmId, '--yes'];
    expect(counts(await imported('clients', FILE, ...theirs))).toEqual([1, 0, 0]); // another, under the same name
    expect(await clients('$a')).toMatchObject([{ name: 'Mine' }]);
  });

  it('has the permissions that the API asks for', async () => {
    const nobody = await operator.user({ permissions: ['contacts_manage'], allData: true });
    await refused('clients', /does not have the permission back_office/, '--user', nobody);
    await refused('contacts', /does not have the permission back_office/, '--user', nobody);
    const staff = await operator.user({ permissions: ['back_office'], allData: true });
    await refused('contacts', /does not have the permission contacts_manage/, '--user', staff);
    expect(await imported('clients', FILE, '--user', staff, '--yes')).toMatchObject({ created: 1, written: true });
  });

  it('changes what is permitted to them, and is not told of anything else', async () => {
    await imported('clients', 'externalId,name\n$mine,Mine\n$theirs,Theirs\n', '--yes');
    const { mine } = await byName('$mine');
    const permissions = ['back_office', 'contacts_manage'];
    const restricted = await operator.user({ permissions, entities: [String(mine?.entityId)] });
    const as = ['--user', restricted, '--yes', '--skip-bad'];
    const file =
      'externalId,name,parentClientExternalId\n$mine,Changed,\n$theirs,Changed,\n$new,New,\n$low,Low,$theirs\n';
    const { faults, ...rest } = await imported('clients', file, ...as);
    expect([counts({ faults, ...rest }), faults.map(({ line, column }) => [line, column])]).toEqual([
      [1, 1, 0],
      [
        [3, 'externalId'],
        [5, 'parentClientExternalId'],
      ],
    ]);
    const { stdout } = await run('clients', file, '--user', restricted);
    expect(stdout).not.toContain('Theirs');
    expect((await clients('$mine,$theirs,$new')).map(({ name }) => name)).toEqual(['Changed', 'New', 'Theirs']);
    const people = 'externalId,firstName,lastName,clientExternalId\n$p,A,B,$mine\n$q,A,B,$theirs\n';
    const contacts = await imported('contacts', people, ...as);
    expect([counts(contacts), contacts.faults.map(({ line }) => line)]).toEqual([[1, 0, 0], [3]]);
  });
});

describe('A wrong call', () => {
  it.each([
    [['clients', '--firm', '1', '--user', ADMIN], /missing required argument 'FILE'/],
    [['clients', 'x.csv', '--firm', '1'], /--user/],
    [['contacts', 'x.csv', '--user', ADMIN], /--firm/],
    [['clients', 'x.csv', '--firm', 'one', '--user', ADMIN], /"one" is not an id/],
    [['clients', '/nowhere/x.csv', '--firm', '1', '--user', ADMIN], /can not be read/],
    [['invoices', 'x.csv'], /unknown command 'invoices'/],
  ])('ends with 2 and one line: %j', async (args, message) => {
    const { code, stdout, stderr } = await server.operate('import', ...args);
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(message)]]);
  });
});
