import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { compiledOnce, placeTemplate } from './cluster-template.js';
import { type CommandResult, OperatorProcess } from './operator-process.js';

export type { CommandResult } from './operator-process.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(ROOT, 'dist/src/main.js');
const CLI = path.join(ROOT, 'dist/src/cli/main.js');
const START_MS = 60_000;

/** The credentials with which the server is set up. */
export interface Credentials {
  readonly firmId: string;
  readonly key: string;
  readonly secret: string;
}

/** A built Portico in a process of its own, with a data directory of its own. */
export class PorticoServer {
  /** Everything that it printed. */
  output = '';
  url = '';
  private readonly operator: OperatorProcess;

  private constructor(
    readonly child: ChildProcess,
    readonly dataDir: string,
    readonly environment: NodeJS.ProcessEnv,
    readonly credentials: Credentials,
  ) {
    this.operator = new OperatorProcess(environment);
  }

  /** Starts it and waits until it listens; without `dataDir` in a fresh one. */
  static async start(
    options: { dataDir?: string; env?: NodeJS.ProcessEnv; credentials?: Credentials } = {},
  ): Promise<PorticoServer> {
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'portico-test-')));
    const credentials = options.credentials ?? {
      firmId: '1',
      key: randomUUID(),
      secret: randomBytes(20).toString('hex'),
    };
    const environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      PORT: '0',
      RATE_LIMIT_PER_MINUTE: '0',
      ...compiledOnce(),
      BOOTSTRAP_FIRM_ID: credentials.firmId,
      BOOTSTRAP_API_KEY: credentials.key,
      BOOTSTRAP_API_SECRET: credentials.secret,
      ...options.env,
    };
    if (options.dataDir === undefined && options.env?.['DATABASE_URL'] === undefined) placeTemplate(dataDir);
    const child = spawn(process.execPath, [MAIN], {
      cwd: dataDir,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new PorticoServer(child, dataDir, environment, credentials);
    server.url = await server.listening();
    return server;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** The headers of a call with the administrator's API key. */
  get headers(): { Authorization: string; 'Addepar-Firm': string } {
    const { key, secret, firmId } = this.credentials;
    return { Authorization: basic(key, secret), 'Addepar-Firm': firmId };
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

  /** Stops it and removes its data directory. */
  async dispose(): Promise<void> {
    this.operator.end();
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Does what an operator would do with these arguments, without a process for each command. */
  operate(...args: string[]): Promise<CommandResult> {
    return this.operator.run(args);
  }

  /** Runs the operator's command line on this installation. */
  command(...args: string[]): Promise<CommandResult> {
    return runPortico(args, this.environment);
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

/** Runs the operator's command line with `environment` alone. */
export async function runPortico(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> {
  const child = spawn(process.execPath, [CLI, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** The value of an `Authorization` header (RFC 7617). */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
