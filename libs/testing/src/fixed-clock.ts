import { Clock } from '@portico/domain/kernel';

/** Stands still until it is set. */
export class FixedClock extends Clock {
  constructor(private instant = new Date('2026-01-02T03:04:05.678Z')) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  advance(seconds: number): void {
    this.instant = new Date(this.instant.getTime() + seconds * 1000);
  }
}
