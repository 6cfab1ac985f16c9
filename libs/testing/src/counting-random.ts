import { Random } from '@portico/domain/kernel';

/** The same values in every run: `…0001`, `…0002`. */
export class CountingRandom extends Random {
  private count = 0;

  uuid(): string {
    return `00000000-0000-7000-8000-${this.next(12)}`;
  }

  alphanumeric(length: number): string {
    return this.next(length);
  }

  private next(length: number): string {
    this.count++;
    return String(this.count).padStart(length, '0');
  }
}
