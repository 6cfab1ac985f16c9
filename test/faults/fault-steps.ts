import type { FaultWorld } from './fault-world.js';
import type { Attempt } from './operations.js';
import { type Allowed, isSuccess, Promises, tell } from './promises.js';

/** Something that can be broken at the n-th step of a call. */
export interface Fault {
  readonly name: string;
  readonly allowed: Allowed;
  /** Breaks it at that step, counted from 1. */
  arm(at: number): void;
  /** Mends it; answers what was struck, nothing when the call was over before. */
  disarm(): Promise<readonly string[]>;
}

export interface Covered {
  /** How many steps there were. */
  readonly steps: number;
  /** Where a promise did not hold, and which. */
  readonly broken: readonly string[];
}

const MOST_STEPS = 80;

/** Has one of `faults` after the other happen, each at the next step of such a call, until a call passes untouched. */
export async function atEachStep(
  world: FaultWorld,
  faults: readonly Fault[],
  begin: (world: FaultWorld) => Promise<Attempt>,
): Promise<Covered> {
  const broken: string[] = [];
  for (let at = 1; at <= MOST_STEPS; at++) {
    const fault = faults[at % faults.length] as Fault;
    const step = await atStep(world, fault, at, begin);
    broken.push(...step.broken);
    if (!step.struck) return { steps: at - 1, broken };
  }
  throw new Error(`a call has more than ${MOST_STEPS} steps`);
}

/** Has `fault` happen at one step. */
export async function atStep(
  world: FaultWorld,
  fault: Fault,
  at: number,
  begin: (world: FaultWorld) => Promise<Attempt>,
): Promise<{ struck: boolean; broken: string[] }> {
  const attempt = await begin(world);
  fault.arm(at);
  const reply = await attempt.send();
  const [hit] = await fault.disarm();
  const faults = await new Promises(world).broken(attempt, reply, fault.allowed);
  if (hit === undefined && !isSuccess(reply)) faults.push(`untouched it was answered ${tell(reply)}`);
  const where = hit === undefined ? 'no step' : `step ${at} (${hit.replace(/\s+/g, ' ').slice(0, 80)})`;
  return { struck: hit !== undefined, broken: faults.map((text) => `${fault.name} at ${where}: ${text}`) };
}

/** The same in the same order, from another beginning. */
export function turned<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
