import type { Command } from 'commander';

/** Prints the result: as one JSON object with `--json`, else a line for each value. */
export function print(command: Command, result: object): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${lines(result, '').join('\n')}\n`);
}

function lines(value: unknown, name: string): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${name}: none`] : value.flatMap((item) => [...lines(item, ''), '']);
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return [`${name}: ${value instanceof Date ? value.toISOString() : String(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => lines(inner, name === '' ? key : `${name}.${key}`));
}
