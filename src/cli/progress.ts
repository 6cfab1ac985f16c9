const EVERY_MS = 5000;

/** Tells how far long work is: a line that grows on a terminal, a plain line now and then elsewhere. */
export class Progress {
  private done = 0;
  private told = performance.now();

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  add(count: number): void {
    this.done += count;
    const now = performance.now();
    if (this.stream.isTTY) this.stream.write(`\r${this.line()}`);
    else if (now - this.told > EVERY_MS) {
      this.told = now;
      this.stream.write(`${this.line()}\n`);
    }
  }

  /** Leaves the line as it is, so that others begin below it. */
  end(): void {
    if (this.stream.isTTY && this.done > 0) this.stream.write('\n');
  }

  private line(): string {
    const percent = this.total === 0 ? 100 : Math.min(100, Math.floor((100 * this.done) / this.total));
    return `${this.what}: ${this.done} of ${this.total} (${percent} %)`;
  }
}
