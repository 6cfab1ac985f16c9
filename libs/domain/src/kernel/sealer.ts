/** Encrypts what must be readable again, and by nobody who has the database alone. */
export abstract class Sealer {
  /** `context` says what the text is and whose: sealed for one, it opens for that one only. */
  abstract seal(context: string, text: string): Uint8Array;

  /** @throws Error when `sealed` was made for something else, or with another key */
  abstract open(context: string, sealed: Uint8Array): string;
}
