import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { attachEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.js';
import { findLivePostmaster } from './postmaster-file.js';
import type { Role } from './session.js';

describe('the embedded database', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-embedded-'));
  const emptyDir = mkdtempSync(path.join(tmpdir(), 'portico-embedded-'));
  const attached: EmbeddedDatabase[] = [];
  const processes: Holder[] = [];
  const messages: string[] = [];

  afterEach(async () => {
    for (const holder of processes.splice(0)) await holder.kill();
    for (const database of attached.splice(0)) await database.detach();
    messages.splice(0);
  });

  afterAll(async () => {
    for (const directory of [dataDir, emptyDir]) {
      const left = findLivePostmaster(path.join(directory, 'db', 'data'));
      if (left) process.kill(left.pid, 'SIGINT');
      await rm(directory, { recursive: true, force: true, maxRetries: 20 });
      expect(left).toBeUndefined();
    }
  });

  it('starts on an empty directory and keeps its data after the last one left', async () => {
    const first = await attach('server');
    expect(await ask(first.url, 'select current_user as answer')).toBe('portico');
    expect(await ask(first.url, `select lower('ÄÉ') as answer`)).toBe('äé');
    expect(await ask(first.url, `select current_setting('is_superuser') as answer`)).toBe('off');
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.detach();
    expect(postmaster()).toBeUndefined();

    const second = await attach('server');
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    expect(second.url).toBe(first.url);
  });

  it('refuses a second server and names the process of the first', async () => {
    const first = await attach('server');
    await expect(attach('server')).rejects.toThrow(
      `DATA_DIR ${dataDir} is in use by another Portico server (process ${process.pid})`,
    );
    expect(await ask(first.url, 'select 1 as answer')).toBe(1);
  });

  it('lets a command join a running server, which survives its end', async () => {
    const server = await attach('server');
    const command = await hold('command');
    expect(command.url).toBe(server.url);
    await command.leave();
    expect(await ask(server.url, 'select 1 as answer')).toBe(1);
  });

  it('keeps running for a command when the server leaves first', async () => {
    const server = await attach('server');
    const command = await attach('command');
    await server.detach();
    expect(await ask(command.url, 'select 1 as answer')).toBe(1);
    await command.detach();
    expect(postmaster()).toBeUndefined();
  });

  it('brings up one cluster for two processes that start at once on an empty directory', async () => {
    const leftover = path.join(emptyDir, 'db', 'init-0123456789ab');
    await mkdir(leftover, { recursive: true });
    await utimes(leftover, new Date(0), new Date(0));
    const [one, other] = await Promise.all([hold('server', emptyDir), hold('command', emptyDir)]);
    expect(one.url).toBe(other.url);
    expect(await ask(one.url, 'select 1 as answer')).toBe(1);
    await Promise.all([one.leave(), other.leave()]);
    expect(findLivePostmaster(path.join(emptyDir, 'db', 'data'))).toBeUndefined();
    expect(readdirSync(path.join(emptyDir, 'db')).sort()).toEqual(['data', 'postgres.log']);
  });

  it('takes over the database of a server that was killed', async () => {
    const killed = await hold('server');
    const orphan = postmaster();
    await killed.kill();
    expect(postmaster()?.pid).toBe(orphan?.pid);
    const server = await attach('server');
    expect(server.url).toBe(killed.url);
    expect(postmaster()?.pid).toBe(orphan?.pid);
  });

  it('starts where the process id in a left-over lock file is a foreign process', async () => {
    await (await attach('server')).detach();
    const lines = [process.pid, path.join(dataDir, 'db', 'data'), 1, 5432, '', '127.0.0.1', '', 'ready', ''];
    await writeFile(path.join(dataDir, 'db', 'data', 'postmaster.pid'), lines.join('\n'));
    expect(await ask((await attach('server')).url, 'select 1 as answer')).toBe(1);
  });

  it('restarts a PostgreSQL that was killed, under the same URL', async () => {
    const server = await attach('server');
    const killed = killPostmaster();
    await until(async () => (await ask(server.url, 'select 1 as answer').catch(() => undefined)) === 1);
    await until(() => messages.some((message) => message.startsWith('Started')));
    expect(postmaster()?.pid).not.toBe(killed);
    await expect(attach('server')).rejects.toThrow('is in use by another Portico server');
  });

  it('leaves nothing behind when it is detached while PostgreSQL is being restarted', async () => {
    const server = await attach('server');
    killPostmaster();
    await until(() => messages.some((message) => message.startsWith('Lost the connection')));
    await server.detach();
    expect(postmaster()).toBeUndefined();
  });

  it('tells when the port went to another program', async () => {
    let lost: Error | undefined;
    const server = await attach('server', (error) => (lost = error));
    const port = Number(new URL(server.url).port);
    const thief = createServer().unref();
    // kills until the thief is faster than the restart
    while (!thief.listening) {
      const running = postmaster();
      if (running) process.kill(running.pid, 'SIGKILL');
      thief.listen(port, '127.0.0.1');
      await once(thief, 'listening').catch(() => undefined);
    }
    await until(() => lost !== undefined);
    expect(lost?.message).toBe(`Port ${port} of 127.0.0.1 is in use by another program`);
    await server.detach();
    thief.close();
  });

  it('names its log and the last line of it when PostgreSQL does not start', async () => {
    const control = path.join(dataDir, 'db', 'data', 'global', 'pg_control');
    const saved = readFileSync(control);
    await writeFile(control, 'damaged');
    await expect(attach('server')).rejects.toThrow(/did not start, see .*postgres\.log: .*pg_control/);
    await writeFile(control, saved);
  });

  it('refuses the cluster of another major version', async () => {
    const file = path.join(dataDir, 'db', 'data', 'PG_VERSION');
    const saved = readFileSync(file);
    await writeFile(file, '17\n');
    await expect(attach('server')).rejects.toThrow(/belongs to PostgreSQL 17, but the installed one is PostgreSQL 18/);
    await writeFile(file, saved);
  });

  async function attach(role: Role, onLost?: (error: Error) => void): Promise<EmbeddedDatabase> {
    const log = (message: string) => void messages.push(message);
    const database = await attachEmbeddedDatabase({ dataDir, role, log, onLost });
    attached.push(database);
    return database;
  }

  async function hold(role: Role, directory = dataDir): Promise<Holder> {
    const holder = new Holder(role, directory);
    processes.push(holder);
    await holder.begin();
    return holder;
  }

  function postmaster() {
    return findLivePostmaster(path.join(dataDir, 'db', 'data'));
  }

  function killPostmaster(): number {
    const pid = postmaster()?.pid;
    if (pid === undefined) throw new Error('PostgreSQL does not run');
    messages.splice(0);
    process.kill(pid, 'SIGKILL');
    return pid;
  }
});

/** Another process that is attached until it is told to leave, or killed. */
class Holder {
  url = '';
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;

  constructor(role: Role, dataDir: string) {
    const options = ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', holderScript];
    this.child = spawn(process.execPath, [...options, role, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  }

  async begin(): Promise<void> {
    const lines = createInterface(this.child.stdout);
    [this.url] = (await once(lines, 'line')) as [string];
  }

  async leave(): Promise<void> {
    this.child.stdin.end();
    if (this.child.exitCode === null) await once(this.child, 'exit');
    expect(this.child.exitCode).toBe(0);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

const moduleFile = path.join(path.dirname(fileURLToPath(import.meta.url)), 'embedded-database.ts');

/** Node runs the sources as they are, but for their imports, which name the compiled files. */
const holderScript = `
  import { registerHooks } from 'node:module';
  import { pathToFileURL } from 'node:url';
  registerHooks({
    resolve: (specifier, context, next) =>
      next(context.parentURL?.endsWith('.ts') && /^[.].*[.]js$/.test(specifier) ? specifier.slice(0, -2) + 'ts' : specifier, context),
  });
  const { attachEmbeddedDatabase } = await import(pathToFileURL(${JSON.stringify(moduleFile)}).href);
  const [, role, dataDir] = process.argv;
  const database = await attachEmbeddedDatabase({ role, dataDir, log: () => {} });
  console.log(database.url);
  process.stdin.resume().on('end', () => database.detach());
`;

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(query)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await pause(20);
  }
}
