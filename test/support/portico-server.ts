import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { OperatorProcess } from './operator-process.js';
import { type Credentials, type Installation, Portico } from './portico.js';
import { copyDatabase, type DatabaseCopy, placeTemplate, suites } from './suites.js';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');
const START_MS = 60_000;

interface StartOptions {
  /** Its data directory, with the embedded database; else a fresh one, with a database of its own elsewhere. */
  readonly dataDir?: string;
  /** Settings over those of a suite. */
  readonly env?: NodeJS.ProcessEnv;
  readonly credentials?: Credentials;
}

/** A built Portico in a process that is the suite's own, with a data directory and a database of its own. */
export class PorticoServer extends Portico {
  output = '';
  url = '';
  private copy: DatabaseCopy | null = null;

  private constructor(
    readonly child: ChildProcess,
    installation: Installation,
    credentials: Credentials,
  ) {
    super(installation, credentials, OperatorProcess.of(installation.environment));
  }

  /** Starts it and waits until it listens. */
  static async start(options: StartOptions = {}): Promise<PorticoServer> {
    const isOutside = options.dataDir === undefined && options.env?.['DATABASE_URL'] === undefined;
    const copy = isOutside ? await copyDatabase() : null;
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'portico-test-')));
    const credentials = options.credentials ?? newCredentials();
    const environment = {
      ...settings(dataDir, credentials),
      ...(copy && { DATABASE_URL: copy.url, SECRET_KEY: randomBytes(32).toString('base64') }),
      ...options.env,
    };
    const child = spawn(process.execPath, [MAIN], {
      ...{ cwd: dataDir, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    const server = new PorticoServer(child, { dataDir, environment }, credentials);
    server.copy = copy;
    server.url = await server.listening();
    return server;
  }

  /** Starts it on the embedded database in a fresh `dataDir`. */
  static async startEmbedded(options: StartOptions & { readonly dataDir: string }): Promise<PorticoServer> {
    if (options.env?.['DATABASE_URL'] === undefined) placeTemplate(options.dataDir);
    return PorticoServer.start(options);
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** SIGTERM; answers the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }

  /** SIGKILL: what a crash does. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** The same installation in a new process, after `stop` or `kill`. */
  again(): Promise<PorticoServer> {
    return PorticoServer.start({ dataDir: this.dataDir, env: this.environment, credentials: this.credentials });
  }

  /** Stops it and removes its data directory and database. */
  async dispose(): Promise<void> {
    this.operator.end();
    await this.stop();
    await this.copy?.remove();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** The address in the log line that says so. @throws Error with the output when the process ends before */
  private listening(): Promise<string> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const fail = () => {
        child.kill('SIGKILL');
        reject(new Error(`the server did not start:\n${this.output}`));
      };
      const timer = setTimeout(fail, START_MS);
      child.once('close', fail).once('error', fail);
      const onLine = (line: string) => {
        this.output += `${line}\n`;
        const address = /"address":"(http[^"]+)".*"listening"/.exec(line)?.[1];
        if (!address) return;
        clearTimeout(timer);
        resolve(address);
      };
      for (const stream of [child.stdout, child.stderr])
        if (stream) createInterface({ input: stream }).on('line', onLine);
    });
  }
}

function newCredentials(): Credentials {
  return { firmId: '1', key: randomUUID(), secret: randomBytes(20).toString('hex') };
}

function settings(dataDir: string, { firmId, key, secret }: Credentials): NodeJS.ProcessEnv {
  return {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_COMPILE_CACHE: suites().compiled },
    ...{ DATA_DIR: dataDir, PORT: '0', RATE_LIMIT_PER_MINUTE: '0' },
    ...{ BOOTSTRAP_FIRM_ID: firmId, BOOTSTRAP_API_KEY: key, BOOTSTRAP_API_SECRET: secret },
  };
}
