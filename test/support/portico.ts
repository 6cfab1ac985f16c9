import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CommandResult, OperatorProcess } from './operator-process.js';

export type { CommandResult } from './operator-process.js';

const CLI = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');

/** An administrator's API key, and their firm. */
export interface Credentials {
  readonly firmId: string;
  readonly key: string;
  readonly secret: string;
}

/** Where a Portico runs: its data directory and its settings. */
export interface Installation {
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A built Portico that listens in a process of its own, as one firm uses it. */
export abstract class Portico {
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;

  protected constructor(
    { dataDir, environment }: Installation,
    readonly credentials: Credentials,
    protected readonly operator: OperatorProcess,
  ) {
    this.dataDir = dataDir;
    this.environment = environment;
  }

  abstract readonly url: string;

  /** Everything that it printed. */
  abstract readonly output: string;

  /** Ends the use of it. */
  abstract dispose(): Promise<void>;

  /** The headers of a call with the administrator's API key. */
  get headers(): { Authorization: string; 'Addepar-Firm': string } {
    const { key, secret, firmId } = this.credentials;
    return { Authorization: basic(key, secret), 'Addepar-Firm': firmId };
  }

  /** Does what an operator would do with these arguments, without a process for each command. */
  operate(...args: string[]): Promise<CommandResult> {
    return this.operator.run(args);
  }

  /** Runs the operator's command line on this installation. */
  command(...args: string[]): Promise<CommandResult> {
    return runPortico(args, this.environment);
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
