import { createInterface } from 'node:readline';

/** Someone who can be asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Whether there is somebody to answer. */
export const isTerminal = ({ input, output }: Terminal): boolean => input.isTTY === true && output.isTTY === true;

/** Asks, and answers whether the next line says yes; no line is no. @throws what `signal` is aborted with */
export async function confirm(question: string, { input, output }: Terminal, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  output.write(`${question} (y/N) `);
  const lines = createInterface({ input, terminal: false });
  const end = () => lines.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
    output.write('\n');
    signal.throwIfAborted();
    return false;
  } finally {
    signal.removeEventListener('abort', end);
    lines.close();
  }
}
