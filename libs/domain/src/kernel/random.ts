/** Randomness, injected so that tests choose it. */
export abstract class Random {
  /** A UUID v7 (RFC 9562): ordered by time. */
  abstract uuid(): string;
  /** `length` letters and digits from a cryptographic source. */
  abstract alphanumeric(length: number): string;
}
