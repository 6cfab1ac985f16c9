import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { seed } from './seed.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const START_MS = 60_000;
const STOP_MS = 10_000;

/**
 * What the measurements need, all of it temporary: a database with many files, Portico, and the minimal server beside
 * it. `DATABASE_URL` names the PostgreSQL server to use, on which a database is made and dropped again; without it the
 * embedded one is started.
 */
export class Stage {
  /** What `clear` has to undo, the last first. */
  #undo = [];
  #cleared;
  #portico;
  /** The addresses: `portico` and `minimal`. */
  url = {};
  firmId = '1';

  constructor(progress) {
    this.progress = progress;
  }

  /** Starts everything, with `files` files in the list; mails go to `mailbox`, if there is one. */
  async set({ files, profile, mailbox }) {
    this.directory = await mkdtemp(path.join(tmpdir(), 'portico-bench-'));
    this.#onClear(() => rm(this.directory, { recursive: true, force: true, maxRetries: 5 }));
    this.databaseUrl = await this.#database();
    if (mailbox) this.#onClear(() => mailbox.stop());
    await this.#startPortico(profile, mailbox);
    await seed(this.databaseUrl, files, this.progress);
    await this.#startMinimal();
  }

  /** The headers of a call of Portico with the administrator's API key. */
  get headers() {
    const credentials = Buffer.from(`${this.key}:${this.secret}`).toString('base64');
    return { authorization: `Basic ${credentials}`, 'addepar-firm': this.firmId };
  }

  /** The headers of a new user to whom these entities are permitted and nothing else. */
  async restrictedHeaders(entities) {
    const email = `${randomUUID()}@example.test`;
    const given = ['--permissions', 'api_access,files_view', '--entities', entities.join(',')];
    await this.#command('user', 'create', '--firm', this.firmId, '--email', email, '--name', 'Restricted', ...given);
    const { key, secret } = await this.#command('api-key', 'create', '--firm', this.firmId, '--user', email);
    return { ...this.headers, authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
  }

  /** How many statements Portico has sent so far. */
  async statements() {
    const answer = once(this.#portico, 'message');
    this.#portico.send('statements');
    const [{ statements }] = await answer;
    return statements;
  }

  /** Where Portico keeps its blobs. */
  get blobs() {
    return path.join(this.directory, 'data/blobs');
  }

  /** Where the minimal server keeps its blobs. */
  get minimalBlobs() {
    return path.join(this.directory, 'minimal');
  }

  /** Stops and removes everything; safe to call twice. */
  clear() {
    this.#cleared ??= this.#clear();
    return this.#cleared;
  }

  async #clear() {
    for (;;) {
      const undo = this.#undo.pop();
      if (!undo) return;
      try {
        await undo();
      } catch (error) {
        this.progress(`could not clean up everything: ${error.message}`);
      }
    }
  }

  #onClear(undo) {
    if (this.#cleared) throw new Error('interrupted');
    this.#undo.push(undo);
  }

  async #database() {
    const given = process.env.DATABASE_URL;
    if (!given) return this.#embeddedDatabase();
    const name = `portico_bench_${randomBytes(6).toString('hex')}`;
    const run = async (sql) => {
      const client = new pg.Client(given);
      await client.connect();
      await client.query(sql).finally(() => client.end());
    };
    await run(`create database ${name}`);
    this.#onClear(() => run(`drop database ${name} with (force)`));
    const url = new URL(given);
    url.pathname = `/${name}`;
    return url.href;
  }

  async #embeddedDatabase() {
    this.progress('starting the embedded database');
    const { attachEmbeddedDatabase } = await import('../dist/src/platform/database/embedded/embedded-database.js');
    const dataDir = path.join(this.directory, 'database');
    await mkdir(dataDir, { mode: 0o700 });
    const embedded = await attachEmbeddedDatabase({ dataDir, role: 'server', log: () => undefined });
    this.#onClear(() => embedded.detach());
    return embedded.url;
  }

  /** Portico as it runs in production, but for the limit of calls. */
  async #startPortico(profile, mailbox) {
    this.key = randomUUID();
    this.portalToken = randomUUID();
    this.secret = createHash('sha256').update(randomBytes(32)).digest('hex').slice(0, 40);
    this.installation = {
      DATABASE_URL: this.databaseUrl,
      DATA_DIR: path.join(this.directory, 'data'),
      SECRET_KEY: randomBytes(32).toString('base64'),
    };
    const args = profile ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(profile)}`] : [];
    const main = ['--import', path.join(ROOT, 'bench/count-statements.mjs'), path.join(ROOT, 'dist/src/main.js')];
    const { child, address } = await this.#start('portico', [...args, ...main], {
      ...this.installation,
      PORT: '0',
      RATE_LIMIT_PER_MINUTE: '0',
      ...(mailbox && { SMTP_URL: mailbox.url }),
      BOOTSTRAP_FIRM_ID: this.firmId,
      BOOTSTRAP_API_KEY: this.key,
      BOOTSTRAP_API_SECRET: this.secret,
      BOOTSTRAP_PORTAL_TOKEN: this.portalToken,
    });
    this.#portico = child;
    this.url.portico = address;
  }

  /** Runs the operator's command line on this installation. */
  async #command(...args) {
    const cli = path.join(ROOT, 'dist/src/cli/main.js');
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...this.installation };
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args, '--json'], { env });
    return JSON.parse(stdout);
  }

  async #startMinimal() {
    await mkdir(this.minimalBlobs);
    const { address } = await this.#start('minimal', [path.join(ROOT, 'bench/minimal-server.mjs')], {
      DATABASE_URL: this.databaseUrl,
      BLOBS: this.blobs,
      UPLOADS: this.minimalBlobs,
    });
    this.url.minimal = address;
  }

  /** Starts a server whose output goes to a file; answers its process and the address that it logs. */
  async #start(name, args, environment) {
    this.progress(`starting ${name}`);
    const child = spawn(process.execPath, args, {
      cwd: this.directory,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      detached: true, // Ctrl+C is for us: we stop it
    });
    this.#onClear(() => stop(child));
    const log = createWriteStream(path.join(this.directory, `${name}.log`));
    return new Promise((resolve, reject) => {
      const fail = (reason) => reject(new Error(`${name} did not start: ${reason}`));
      const timer = setTimeout(fail, START_MS, 'it does not answer');
      child.once('exit', (code) => fail(`it ended with ${code}`));
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (line) => {
        const address = /"address":"(http[^"]+)"/.exec(line)?.[1];
        if (!address) return;
        clearTimeout(timer);
        lines.close();
        child.stdout.pipe(log);
        child.stdout.resume();
        resolve({ child, address });
      });
    });
  }
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(patience);
}
