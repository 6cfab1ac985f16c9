import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  alter,
  type BackupReport,
  EmptyInstallation,
  killedAt,
  reported,
  somebodyWaitsOn,
  underWrites,
} from '../support/backups.js';
import { FilesApi } from '../support/files-api.js';
import { OperatorProcess } from '../support/operator-process.js';
import { PeopleApi } from '../support/people-api.js';
import { runPortico } from '../support/portico.js';
import { PorticoServer } from '../support/portico-server.js';
import { Audience, PublishingApi } from '../support/publishing-api.js';
import { sqlOn } from '../support/server-database.js';

describe('portico backup and portico restore', () => {
  let server: PorticoServer;
  let api: FilesApi;
  let home: string;
  let backups: string;
  let first: BackupReport;
  /** What was acknowledged before the first backup began. */
  const before: string[] = [];
  const targets: EmptyInstallation[] = [];

  const backup = (...options: string[]) => reported<BackupReport>(operator, 'backup', backups, ...options);
  const target = async (env: NodeJS.ProcessEnv = {}): Promise<EmptyInstallation> => {
    const made = await EmptyInstallation.make({ SECRET_KEY: server.environment['SECRET_KEY'], ...env });
    targets.push(made);
    return made;
  };
  const firmsIn = (installation: EmptyInstallation) => installation.query('select from firms');
  const operator = { run: (args: readonly string[]) => server.operate(...args) };
  const copyOfBackups = async (): Promise<string> => {
    const copy = path.join(home, randomBytes(4).toString('hex'));
    await cp(backups, copy, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'portico-backup-'));
    backups = path.join(home, 'backups');
    // nobody takes its mails
    server = await PorticoServer.start({ env: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'portico@example.test' } });
    api = new FilesApi(server.url, server.headers);
    for (let n = 0; n < 5; n++) before.push((await api.create(`before ${n}.txt`)).id);
    await api.archive(before[4] ?? '');
    const reader = await new Audience(PeopleApi.of(server)).contact();
    await new PublishingApi(api).published([before[0] ?? ''], { notification: 'NOTIFY', overrides: [reader] });
    first = await underWrites(api, () => backup());
  }, 60_000);
  afterAll(async () => {
    await server.dispose();
    for (const each of targets) await each.remove();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('keep everything that was acknowledged before, byte for byte, while others write', async () => {
    expect(first).toMatchObject({ secretKey: 'not included', faults: [], removed: { snapshots: [], blobs: 0 } });
    const empty = await target();
    const restored = await empty.restore(backups);
    expect(restored).toMatchObject({
      ...{ snapshot: first.snapshot, rows: first.rows, secretKey: 'as given' },
      ...{ blobs: { copied: first.blobs.copied, missing: 0, damaged: 0 } },
      ...{ mails: { queued: 1, held: 0 }, storage: { checked: first.blobs.copied, missing: 0, orphaned: 0 } },
    });
    const again = await empty.start(server.credentials);
    try {
      const there = new FilesApi(again.url, again.headers);
      const files = (await there.walk('/files')).flatMap(({ data }) => data);
      expect(files.map(({ id }) => id)).toEqual(expect.arrayContaining(before.slice(0, 4)));
      for (const { id, attributes } of files) {
        const { body } = await there.download(`/files/${id}/download`);
        expect(body.toString()).toBe(`content of ${attributes.name}`);
      }
      expect(await there.ids('/archive/files')).toContain(before[4]);
      // what is new gets an id that nobody has
      const { id } = await there.create('after.txt');
      expect(Number(id)).toBeGreaterThan(Math.max(...files.map((file) => Number(file.id))));
      const verified = await reported<{ intact: boolean }>(empty.operator, 'audit', 'verify');
      expect(verified.intact).toBe(true);
    } finally {
      await again.stop();
    }
  });

  it('have the mails that waited go out as they would have', async () => {
    const waiting = `select data->>'deliveryId' as id from jobs.job where name = 'mail'`;
    const [sent] = targets;
    const queued = await sqlOn(server, `select id from deliveries where state = 'queued'`);
    expect(await sent?.query(waiting)).toEqual(queued);
  });

  it('copy only what is new the second time, again what is damaged when told to look, and keep what is needed', async () => {
    const { id } = await api.create('new.txt');
    const [row] = await sqlOn(server, 'select count(*)::int as blobs from blobs');
    const second = await backup();
    const here = Number(row?.['blobs']);
    expect(second.blobs).toMatchObject({ copied: here - first.blobs.copied, present: first.blobs.copied });
    const [key] = await sqlOn(server, 'select blob_key::text as key from files where id = $1', [id]);
    const place = path.join(backups, 'blobs', String(key?.['key']).slice(0, 2), String(key?.['key']));
    const bytes = await readFile(place);
    await writeFile(place, Buffer.from(bytes).reverse());
    expect((await backup()).blobs.copied).toBe(0);
    const third = await backup('--verify', '--keep', '2');
    expect(third.blobs).toMatchObject({ copied: 1, present: here - 1 });
    expect(third.removed).toEqual({ snapshots: [first.snapshot, second.snapshot], blobs: 0 });
    expect(await readFile(place)).toEqual(bytes);
  });

  it('name a blob that is missing, restore the rest, and hold the mails when they are told to', async () => {
    const { id } = await api.create('lost.txt');
    const [row] = await sqlOn(server, 'select blob_key::text as key from files where id = $1', [id]);
    const key = String(row?.['key']);
    const place = path.join(server.dataDir, 'blobs', key.slice(0, 2), key);
    const bytes = await readFile(place);
    await rm(place);
    const other = await copyOfBackups();
    const copied = path.join(other, 'blobs', key.slice(0, 2), key);
    await rm(copied, { force: true });
    const { code, stdout, stderr } = await server.operate('backup', other, '--keep', '1', '--json');
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, '1 blobs are not in the backup']);
    // an older snapshot may hold what the new one lacks
    const report = { faults: [{ fault: 'missing', key }], removed: { snapshots: [] } };
    expect(JSON.parse(stdout)).toMatchObject(report);
    const empty = await target();
    const restored = await empty.operator.run(['restore', other, '--hold-mails', '--json']);
    const told = { storage: { missing: 1 }, mails: { queued: 0, held: 1 } };
    expect([restored.code, JSON.parse(restored.stdout)]).toMatchObject([1, told]);
    expect(await firmsIn(empty)).toHaveLength(1);
    expect(await empty.query(`select from jobs.job where name = 'mail'`)).toEqual([]);
    const { mails } = await reported<{ mails: { id: string; state: string }[] }>(empty.operator, 'mail', 'list');
    const queued = await sqlOn(server, `select id from deliveries where state = 'queued'`);
    expect(mails).toMatchObject(queued.map(({ id: mail }) => ({ id: mail, state: 'failed' })));
    await writeFile(place, bytes);
  });

  it('leave nothing that looks whole when the backup is killed, and the next one goes on', async () => {
    const other = path.join(home, 'killed');
    const holder = new pg.Client({ connectionString: server.environment['DATABASE_URL'] });
    await holder.connect();
    try {
      await holder.query('begin; lock table history in access exclusive mode');
      await killedAt(['backup', other], server.environment, () => somebodyWaitsOn(holder));
    } finally {
      await holder.end();
    }
    const [left] = await readdir(path.join(other, 'snapshots'));
    expect(left).toMatch(/\.part$/);
    expect(await (await emptyOne()).refusal(other)).toContain('holds no backup');
    const { code } = await server.operate('backup', other);
    const names = await readdir(path.join(other, 'snapshots'));
    expect([code, names.length, names[0]?.endsWith('Z')]).toEqual([0, 1, true]);
  });

  it('leave the installation empty when the restore is killed, and the next one goes on', async () => {
    const empty = await target();
    const holder = await empty.connect();
    try {
      await holder.query('begin; lock table firms in access share mode');
      await killedAt(['restore', backups], empty.environment, () => somebodyWaitsOn(holder));
    } finally {
      await holder.end();
    }
    expect(await firmsIn(empty)).toEqual([]);
    const there = await empty.blobFiles();
    expect(there).toBeGreaterThan(5);
    const somebodys = path.join(empty.home, 'blobs', '00');
    await mkdir(somebodys, { recursive: true });
    await writeFile(path.join(somebodys, '00000000-0000-4000-8000-000000000404'), 'somebody’s');
    expect(await empty.refusal(backups)).toContain('the storage is not empty');
    expect(await empty.restore(backups, '--into-used-storage')).toMatchObject({
      ...{ blobs: { copied: 0, present: there }, storage: { checked: there + 1, missing: 0 } },
    });
    expect(await firmsIn(empty)).toHaveLength(1);
    expect(await empty.refusal(backups, '--into-used-storage')).toContain('the database is not empty');
  });

  it.each<[string, string, (copy: string, snapshot: string) => Promise<unknown>]>([
    [
      'a table that was altered',
      'files.copy.gz is not as it was written',
      (_copy, snapshot) => alter(path.join(snapshot, 'tables/files.copy.gz')),
    ],
    [
      'a table that is missing',
      'files.copy.gz is missing',
      (_copy, snapshot) => rm(path.join(snapshot, 'tables/files.copy.gz')),
    ],
    [
      'a list of blobs that was altered',
      'blobs.tsv.gz is not as it was written',
      (_copy, snapshot) => alter(path.join(snapshot, 'blobs.tsv.gz')),
    ],
    [
      'a manifest that was cut off',
      'its manifest is damaged',
      (_copy, snapshot) => writeFile(path.join(snapshot, 'manifest.json'), '{'),
    ],
  ])('refuse %s, and change nothing', async (_case, reason, damage) => {
    const copy = await copyOfBackups();
    const [name = ''] = (await readdir(path.join(copy, 'snapshots'))).sort().slice(-1);
    await damage(copy, path.join(copy, 'snapshots', name));
    const empty = await emptyOne();
    expect(await empty.refusal(copy)).toContain(reason);
    expect([await firmsIn(empty), await empty.blobFiles()]).toEqual([[], 0]);
  });

  it('refuse another key, a folder of somebody else, and a snapshot that is not there', async () => {
    const empty = await emptyOne();
    const wrong = OperatorProcess.of({ ...empty.environment, SECRET_KEY: randomBytes(32).toString('base64') });
    const restored = await wrong.run(['restore', backups]);
    const added = await wrong.run(['backup', backups]);
    wrong.end();
    const reasons = ['the secret key is not the one with which the backup was made', 'installation with another key'];
    for (const [at, { code, stderr }] of [restored, added].entries())
      expect([code, stderr]).toEqual([1, expect.stringContaining(reasons[at] ?? '')]);
    expect(await empty.refusal(backups, '--snapshot', '2020')).toContain('holds no snapshot 2020');
    expect([await firmsIn(empty), await empty.blobFiles()]).toEqual([[], 0]);
  });

  it('refuse an installation in which a server runs', async () => {
    const { code, stderr } = await server.operate('restore', backups);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not empty')]);
    expect(await api.ids()).toEqual(expect.arrayContaining(before.slice(0, 4)));
  });

  it('make no database where there is none', async () => {
    const dataDir = path.join(home, 'nothing');
    const environment = { ...(await emptyOne()).environment, DATABASE_URL: '', SECRET_KEY: '', DATA_DIR: dataDir };
    const { code, stderr } = await runPortico(['backup', path.join(home, 'of nothing')], environment);
    expect([code, stderr]).toEqual([1, 'there is no database yet: there is nothing to back up\n']);
    expect(existsSync(dataDir)).toBe(false);
  });

  /** One for all cases that change nothing. */
  let unchanged: EmptyInstallation | null = null;
  async function emptyOne(): Promise<EmptyInstallation> {
    return (unchanged ??= await target());
  }
});
