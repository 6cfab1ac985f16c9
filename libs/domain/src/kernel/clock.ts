/** The time, injected so that tests choose it. */
export abstract class Clock {
  abstract now(): Date;
}
