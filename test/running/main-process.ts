import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { signal } from '../support/processes.js';
import { until } from '../support/until.js';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/main.js');

/** The built server, whether it comes up or not. */
export class MainProcess {
  output = '';
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  /** `as` is put before the command, such as `setpriv`. */
  constructor(cwd: string, environment: NodeJS.ProcessEnv, as: readonly string[] = []) {
    const [command = '', ...args] = [...as, process.execPath, MAIN];
    const { PATH } = process.env;
    const env = { PATH, PORT: '0', DATA_DIR: cwd, ...environment };
    this.child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The address under which it serves. */
  async listening(): Promise<string> {
    const address = () => /"address":"(http[^"]+)".*"listening"/.exec(this.output)?.[1];
    await until('the server listens or ends', () => address() ?? this.hasEnded, 60);
    const found = address();
    if (!found) throw new Error(`the server did not start:\n${this.output}`);
    return found;
  }

  signal(name: NodeJS.Signals): void {
    if (!this.hasEnded && this.child.pid !== undefined) signal(this.child.pid, name);
  }

  /** For the end of a suite. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}
