import { createSHA256, type IHasher } from 'hash-wasm';

/**
 * A SHA-256 that can be kept half-way and gone on with elsewhere, which that of Node.js can not. It takes about four
 * times as long: what arrives in one request is hashed by Node.js.
 */
export class RunningHash {
  private constructor(private readonly hasher: IHasher) {}

  /** Goes on where `kept` is; null: at the beginning. @throws Error when another version has kept it */
  static async from(kept: Uint8Array | null): Promise<RunningHash> {
    const hasher = await createSHA256();
    if (kept === null) hasher.init();
    else hasher.load(new Uint8Array(kept));
    return new RunningHash(hasher);
  }

  update(piece: Uint8Array): void {
    this.hasher.update(piece);
  }

  /** How far it has come; more may follow. */
  keep(): Uint8Array {
    return this.hasher.save();
  }

  /** Lower-case hex; nothing can follow. */
  digest(): string {
    return this.hasher.digest('hex');
  }
}
