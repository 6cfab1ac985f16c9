import { createHash } from 'node:crypto';
import { tusErrors } from './tus-errors.js';

/** Of the extension "checksum"; the protocol wants SHA-1 at least. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1'] as const;

const BYTES: Readonly<Record<string, number | undefined>> = { sha256: 32, sha1: 20 };

/** The hash that the bytes of a request must have (TUS 1.0, "Checksum"). */
export class Checksum {
  private constructor(
    private readonly algorithm: string,
    private readonly expected: Buffer,
  ) {}

  /** Null without the header. @throws DomainError `invalid_checksum` */
  static in(header: string | undefined): Checksum | null {
    if (header === undefined) return null;
    const [, algorithm = '', base64 = ''] = /^(\w+) ([A-Za-z\d+/]+={0,2})$/.exec(header) ?? [];
    const expected = Buffer.from(base64, 'base64');
    if (BYTES[algorithm] !== expected.length) throw tusErrors.invalidChecksum();
    return new Checksum(algorithm, expected);
  }

  /** `source`, and what tells after its end whether it was right. `verify` throws DomainError `checksum_mismatch`. */
  over(source: AsyncIterable<Uint8Array>): { source: AsyncIterable<Uint8Array>; verify: () => void } {
    const hash = createHash(this.algorithm);
    const hashed = async function* () {
      for await (const piece of source) {
        hash.update(piece);
        yield piece;
      }
    };
    const verify = () => {
      if (!hash.digest().equals(this.expected)) throw tusErrors.checksumMismatch();
    };
    return { source: hashed(), verify };
  }
}
