import type { Flaw } from './faults.js';

const DEEPEST = 32;

/** What is wrong with a value that is kept as it is: its size, its depth, or text that the database can't keep. */
export function flawOfJson(raw: unknown, bytes: number): Flaw | null {
  if (typeof raw !== 'object' || raw === null) return { message: 'must be an object', reason: { kind: 'not_object' } };
  const pending: { value: unknown; depth: number }[] = [{ value: raw, depth: 1 }];
  for (let at = pending.pop(); at; at = pending.pop()) {
    const { value, depth } = at;
    if (typeof value === 'string' && !isKeepable(value)) return UNKEEPABLE;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) return { message: 'is nested too deeply', reason: { kind: 'wrong_format' } };
    for (const [name, member] of Object.entries(value)) {
      if (!isKeepable(name)) return UNKEEPABLE;
      pending.push({ value: member, depth: depth + 1 });
    }
  }
  const most = bytes;
  if (Buffer.byteLength(JSON.stringify(raw)) <= most) return null;
  return { message: `must have ${most} characters at most`, reason: { kind: 'too_long', values: { most } } };
}

const isKeepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const UNKEEPABLE: Flaw = {
  message: 'must not hold control characters or halves of characters',
  reason: { kind: 'control_characters' },
};
