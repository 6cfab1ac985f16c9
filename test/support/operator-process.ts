import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = path.join(import.meta.dirname, 'operator-process.mjs');

interface Channel {
  readonly input: Writable;
  readonly output: Readable;
}

/** The operator's command line in one process for many commands, because to start one takes longer than to run it. */
export class OperatorProcess {
  private channel: Channel | null = null;
  private readonly waiting: { resolve: (result: CommandResult) => void; reject: (error: Error) => void }[] = [];

  private constructor(private readonly open: () => Channel) {}

  /** In a process of its own, which begins with the first command. */
  static of(environment: NodeJS.ProcessEnv): OperatorProcess {
    return new OperatorProcess(() => {
      const { stdin, stdout } = spawn(process.execPath, [PROGRAM], {
        ...{ env: environment, stdio: ['pipe', 'pipe', 'inherit'] },
      });
      return { input: stdin, output: stdout };
    });
  }

  /** In the one that listens on this socket. */
  static at(socket: string): OperatorProcess {
    return new OperatorProcess(() => {
      const connection = createConnection(socket);
      return { input: connection, output: connection };
    });
  }

  /** Runs a command; several at once run one after the other. @throws Error when the process ends before it answers */
  run(args: readonly string[]): Promise<CommandResult> {
    this.channel ??= this.begin();
    const { input } = this.channel;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      input.write(`${JSON.stringify(args)}\n`);
    });
  }

  /** Ends the process after what it was told, or leaves it to the others. */
  end(): void {
    this.channel?.input.end();
    this.channel = null;
  }

  private begin(): Channel {
    const channel = this.open();
    const fail = (error: Error) => {
      for (const { reject } of this.waiting.splice(0)) reject(error);
    };
    channel.output.on('error', fail);
    createInterface({ input: channel.output })
      .on('line', (line) => this.waiting.shift()?.resolve(JSON.parse(line) as CommandResult))
      .once('close', () => fail(new Error('the operator process has ended')));
    return channel;
  }
}
