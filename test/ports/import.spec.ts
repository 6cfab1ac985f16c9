import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClientBelongings, UpsertClients, UpsertContacts } from '@portico/domain/directory';
import { type Actor, DomainError, type FirmId, type Upserted } from '@portico/domain/kernel';
import { anActor, FixedClock } from '@portico/testing';
import { CLIENTS } from '../../src/cli/import/clients-import.js';
import { CONTACTS } from '../../src/cli/import/contacts-import.js';
import { CsvFile } from '../../src/cli/import/csv-file.js';
import { Import, type ImportTools } from '../../src/cli/import/import.js';
import { ImportFile } from '../../src/cli/import/import-file.js';
import type { ImportKind, NamedRow, Upsert } from '../../src/cli/import/import-kind.js';
import { PresentFields } from '../../src/cli/import/present-fields.js';
import { Savepoint } from '../../src/cli/import/savepoint.js';
import { SqlClientFolders } from '../../src/client-files/sql-client-folders.js';
import { MikroOrmClientRepository } from '../../src/directory/mikro-orm-client-repository.js';
import { MikroOrmContactRepository } from '../../src/directory/mikro-orm-contact-repository.js';
import { MikroOrmEntityRepository } from '../../src/directory/mikro-orm-entity-repository.js';
import { SqlContactImport } from '../../src/directory/sql-contact-import.js';
import { MikroOrmFolderTree } from '../../src/folders/mikro-orm-folder-tree.js';
import { MikroOrmHistory } from '../../src/history/mikro-orm-history.js';
import { SqlDataAccess } from '../../src/identity/sql-data-access.js';
import { MikroOrmUnitOfWork } from '../../src/platform/database/mikro-orm-unit-of-work.js';
import { firmsWithUsers } from '../support/rows.js';
import { SentStatements } from '../support/sent-statements.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const TABLES = ['clients', 'contacts', 'contact_entities', 'entities', 'files', 'file_entities', 'history'];
const PART = 1000;
let test: TestDatabase;
let actor: Actor;
let other: FirmId;
beforeAll(async () => {
  test = await testDatabase();
}, 60_000);
afterAll(() => test.dispose());
beforeEach(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true); // the progress
  const { firmId, otherFirm, createdBy } = await firmsWithUsers(test.database);
  actor = anActor({ firmId, userId: createdBy });
  other = otherFirm;
});
afterEach(() => {
  jest.restoreAllMocks();
});

const rows = <T>(text: string, values: readonly unknown[] = []) =>
  test.database.em.fork().execute<T[]>(text, [...values]);

/** How many rows each table has. */
async function inventory(): Promise<object> {
  const [counts] = await rows<object>(
    `select ${TABLES.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
  );
  return counts ?? {};
}

function useCases() {
  const { database } = test;
  const clock = new FixedClock();
  const [clients, access] = [new MikroOrmClientRepository(database), new SqlDataAccess(database)];
  const tools = [new MikroOrmHistory(database, clock), new MikroOrmUnitOfWork(database), clock] as const;
  const folders = new SqlClientFolders(database, new MikroOrmFolderTree(database), clock);
  const belongings = new ClientBelongings(clients, new MikroOrmEntityRepository(database), folders);
  const [contacts, imports] = [new MikroOrmContactRepository(database), new SqlContactImport(database)];
  return {
    clients: new UpsertClients(belongings, clients, access, ...tools),
    contacts: new UpsertContacts(contacts, imports, access, ...tools),
  };
}

function toolsFor<Row extends NamedRow>(useCase: Upsert<Row>, presentFields: string): ImportTools<Row> {
  const { database } = test;
  return {
    unitOfWork: new MikroOrmUnitOfWork(database),
    savepoint: new Savepoint(database),
    present: new PresentFields(database, actor.firmId, presentFields),
    upsert: (some) => useCase.execute(actor, some),
  };
}

interface Settings {
  readonly skipBad?: boolean;
  readonly signal?: AbortSignal;
  /** Instead of the use case alone. */
  readonly upsert?: (write: () => Promise<Upserted>, rows: readonly NamedRow[]) => Promise<Upserted>;
}

async function importOf<Body extends object, Row extends NamedRow>(
  kind: ImportKind<Body, Row>,
  useCase: Upsert<Row>,
  content: string,
  { skipBad = false, signal = new AbortController().signal, upsert = (write) => write() }: Settings = {},
): Promise<Import<Body, Row>> {
  const file = await ImportFile.check(new CsvFile(Buffer.from(content)), kind, signal);
  const tools = toolsFor(useCase, kind.presentFields);
  const around = (some: readonly Row[]) => upsert(() => tools.upsert(some), some);
  return new Import(kind, file, { ...tools, upsert: around }, { skipBad, signal });
}

const clients = (content: string, settings?: Settings) => importOf(CLIENTS, useCases().clients, content, settings);
const contacts = (content: string, settings?: Settings) => importOf(CONTACTS, useCases().contacts, content, settings);

/** Takes it over as the command does with `--yes`. */
async function imported(work: Pick<Import<object, NamedRow>, 'rehearse' | 'perform'>) {
  const { outcome, stays } = await work.perform(await work.rehearse());
  const { created, updated, unchanged } = outcome.tally;
  return { counts: [created, updated, unchanged], faults: outcome.faults, stays };
}

const many = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_one, at) => line(at));
const parentsOf = async () => {
  const found = await rows<{ child: string; parent: string | null }>(
    `select c.external_id as child, p.external_id as parent from clients c left join clients p on p.id = c.parent_id
     where c.firm_id = ?`,
    [actor.firmId],
  );
  return Object.fromEntries(found.map(({ child, parent }) => [child, parent]));
};

const namesOfContacts = async () => {
  const query = 'select external_user_id as name from contacts where firm_id = ? order by 1';
  return (await rows<{ name: string }>(query, [actor.firmId])).map(({ name }) => name);
};

describe('Importing into PostgreSQL', () => {
  it('rehearses with everything that would be written, and nothing of it stays', async () => {
    const before = await inventory();
    const work = await clients('externalId,name,parentClientExternalId\nchild,Child,top\ntop,Top,\nlost,Lost,nobody\n');
    const { tally, faults } = await work.rehearse();
    expect([tally.created, tally.shown.map(({ externalId }) => externalId)]).toEqual([2, ['top', 'child']]);
    expect(faults).toMatchObject([{ line: 4, column: 'parentClientExternalId' }]);
    expect(await inventory()).toEqual(before);
  });

  it('finds the client above another in any row of the file, however far below', async () => {
    const lines = many(PART + 500, (at) => `c${at},Client,top`);
    const content = ['externalId,name,parentClientExternalId', ...lines, 'top,Top,'].join('\n');
    expect(await imported(await clients(content))).toEqual({ counts: [PART + 501, 0, 0], faults: [], stays: true });
    expect(new Set(Object.values(await parentsOf()))).toEqual(new Set(['top', null]));
  });

  it('forms groups anew in any order of the rows, also beside rows that are refused', async () => {
    const header = 'externalId,name,parentClientExternalId,tier';
    await imported(await clients(`${header}\na,A,,\nb,B,a,\nc,C,,\n`));
    const others = many(4, (at) => `x${at},X,c,`); // halving comes between the two
    const content = [header, 'a,,c,', ...others, 'b,,c,', 'wrong,W,nobody,'].join('\n');
    const { counts, faults, stays } = await imported(await clients(content, { skipBad: true }));
    expect([counts, faults.map(({ line }) => line), stays]).toEqual([[4, 2, 0], [8], true]);
    expect(await parentsOf()).toMatchObject({ a: 'c', b: 'c', c: null });
  });

  it('writes all parts of a file or none: an interruption takes back those before it', async () => {
    const before = await inventory();
    const controller = new AbortController();
    const content = ['externalId,firstName,lastName', ...many(2 * PART, (at) => `p${at},Ada,Byron`)].join('\n');
    let calls = 0;
    const work = await contacts(content, {
      signal: controller.signal,
      upsert: async (write) => {
        const answer = await write();
        if (++calls === 3) controller.abort(new Error('interrupted')); // the first part of what is to stay
        return answer;
      },
    });
    await expect(imported(work)).rejects.toThrow('interrupted');
    expect(calls).toBe(3);
    expect(await inventory()).toEqual(before);
  });

  it('takes back what it wrote when the last part is interrupted, or fails', async () => {
    const before = await inventory();
    const controller = new AbortController();
    const content = 'externalId,name\na,A\n';
    let calls = 0;
    const interrupted = await clients(content, {
      signal: controller.signal,
      upsert: async (write) => {
        const answer = await write();
        if (++calls === 2) controller.abort(new Error('interrupted'));
        return answer;
      },
    });
    await expect(imported(interrupted)).rejects.toThrow('interrupted');
    const failing = await clients(content, {
      upsert: async (write) => {
        await write();
        throw new Error('broken');
      },
    });
    await expect(failing.rehearse()).rejects.toThrow('broken');
    expect(await inventory()).toEqual(before);
  });

  it('goes on after a part that the database itself refused', async () => {
    const work = await contacts('externalId,firstName,lastName\na,Ada,Byron\nb,Bo,Byron\nc,Cy,Byron\n', {
      skipBad: true,
      upsert: async (write, some) => {
        const answer = await write();
        if (!some.some(({ externalId }) => externalId === 'b')) return answer;
        await expect(test.database.em.execute('select 1 / 0')).rejects.toThrow('division by zero');
        throw new DomainError('conflict', 'external_user_id_taken', 'Another has it');
      },
    });
    expect(await imported(work)).toEqual({
      counts: [2, 0, 0],
      faults: [{ line: 3, column: 'externalId', message: 'Another has it' }],
      stays: true,
    });
    expect(await namesOfContacts()).toEqual(['a', 'c']);
  });

  it.each([false, true])('leaves out what is refused only now, or writes nothing (skipBad: %s)', async (skipBad) => {
    const rowsOf = 'a,Ada,Byron,a@example.test\nb,Bo,Byron,b@example.test\n';
    const work = await contacts(`externalId,firstName,lastName,loginEmail\n${rowsOf}`, { skipBad });
    const rehearsed = await work.rehearse();
    expect(rehearsed.faults).toEqual([]);
    const eve = { externalId: 'eve', firstName: 'Eve', lastName: 'E', loginEmail: 'b@example.test' };
    await useCases().contacts.execute(actor, [eve]);
    const { outcome, stays } = await work.perform(rehearsed);
    expect([stays, outcome.faults.map(({ line, column }) => [line, column])]).toEqual([skipBad, [[3, 'loginEmail']]]);
    expect(await namesOfContacts()).toEqual(skipBad ? ['a', 'eve'] : ['eve']);
  });

  it('takes as many statements for the rows of a part as for a few', async () => {
    const header = 'externalId,name,tier,parentClientExternalId';
    const file = (count: number, name: string) => [
      header,
      'top,Top,,',
      ...many(count, (at) => `${name}${at},${name},x,top`),
    ];
    const sent = await SentStatements.of(test.database);
    const statements = async (content: readonly string[]) => {
      const work = await clients(content.join('\n'));
      return sent.during(() => imported(work));
    };
    expect(await statements(file(3, 'warm'))).toBeGreaterThan(0);
    expect(await statements(file(PART - 1, 'many'))).toBe(await statements(file(10, 'few')));
  });

  it('never shows what another firm has under the same name', async () => {
    await imported(await clients('externalId,name\nsame,Mine\n'));
    const theirs = new PresentFields(test.database, other, CLIENTS.presentFields);
    expect(await theirs.read(['same'])).toEqual(new Map());
    await imported(await contacts('externalId,firstName,lastName,clientExternalId\nsame,Ada,Byron,same\n'));
    expect(await new PresentFields(test.database, other, CONTACTS.presentFields).read(['same'])).toEqual(new Map());
    const mine = new PresentFields(test.database, actor.firmId, CONTACTS.presentFields);
    expect((await mine.read([' same '])).get('same')).toMatchObject({ firstName: 'Ada', clientExternalId: 'same' });
  });

  it('knows of every column what is there', async () => {
    for (const [kind, content] of [
      [CLIENTS, 'externalId,name\none,One\n'],
      [CONTACTS, 'externalId,firstName,lastName\none,Ada,Byron\n'],
    ] as const) {
      await imported(await (kind === CLIENTS ? clients(content) : contacts(content)));
      const fields = (await new PresentFields(test.database, actor.firmId, kind.presentFields).read(['one'])).get(
        'one',
      );
      expect(['externalId', ...Object.keys(fields ?? {})].sort()).toEqual(Object.keys(kind.columns).sort());
    }
  });

  it('forgets what it loaded, part by part', async () => {
    const loaded: number[] = [];
    const content = ['externalId,name', ...many(3 * PART, (at) => `c${at},Client`)].join('\n');
    const work = await clients(content, {
      upsert: (write) => {
        loaded.push(test.database.em.getUnitOfWork().getIdentityMap().keys().length);
        return write();
      },
    });
    await work.rehearse();
    expect(loaded).toEqual([0, 0, 0]);
  });
});
