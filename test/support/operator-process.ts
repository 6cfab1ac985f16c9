import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = path.join(import.meta.dirname, 'operator-process.mjs');

/** The operator's command line in one process for many commands, because to start one takes longer than to run it. */
export class OperatorProcess {
  private child: ChildProcess | null = null;
  private readonly waiting: { resolve: (result: CommandResult) => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  /** Runs a command; several at once run one after the other. @throws Error when the process ends before it answers */
  run(args: readonly string[]): Promise<CommandResult> {
    this.child ??= this.start();
    const { stdin } = this.child;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      stdin?.write(`${JSON.stringify(args)}\n`);
    });
  }

  /** Ends the process after what it was told. */
  end(): void {
    this.child?.stdin?.end();
    this.child = null;
  }

  private start(): ChildProcess {
    const child = spawn(process.execPath, [PROGRAM], { env: this.environment, stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) =>
      this.waiting.shift()?.resolve(JSON.parse(line) as CommandResult),
    );
    child.once('exit', () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('the operator process has ended'));
    });
    return child;
  }
}
