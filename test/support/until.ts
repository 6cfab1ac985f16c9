import { setTimeout as pause } from 'node:timers/promises';

/** What is left of `T` when it counts as true. */
type Found<T> = Exclude<T, undefined | null | false | '' | 0>;

/**
 * Waits until `condition` answers something true, and answers that.
 * @throws Error that names `what` when it never does
 */
export async function until<T>(what: string, condition: () => T | Promise<T>, seconds = 15): Promise<Found<T>> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await condition();
    if (answer) return answer as Found<T>;
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await pause(20);
  }
}
