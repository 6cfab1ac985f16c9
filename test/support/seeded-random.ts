/** Random numbers that come again with the same seed (mulberry32). */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 to `end`, which is excluded. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  pick<T>(choice: readonly T[]): T {
    const picked = choice[this.below(choice.length)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  }

  bytes(length: number): Buffer {
    const words = new Uint32Array(Math.ceil(length / 4));
    let word = this.below(2 ** 32) | 1;
    for (let at = 0; at < words.length; at++) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      words[at] = word;
    }
    return Buffer.from(words.buffer, 0, length);
  }
}
