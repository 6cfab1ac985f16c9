import { Sealer } from '@portico/domain/kernel';
import { opened, sealed } from './sealing.js';
import type { SecretKey } from './secret-key.js';

/** Of the first byte: which key it was, so that there can be a next one. */
const VERSION = 1;

/** Seals with a key derived from `SECRET_KEY`. */
export class KeySealer extends Sealer {
  private readonly key: Buffer;

  constructor(secretKey: SecretKey) {
    super();
    this.key = secretKey.derive(`sealed-${VERSION}`);
  }

  seal(context: string, text: string): Uint8Array {
    return Buffer.concat([Buffer.of(VERSION), sealed(this.key, context, text)]);
  }

  open(context: string, bytes: Uint8Array): string {
    if (bytes[0] !== VERSION) throw new Error(`sealed with a key that is not known here: version ${bytes[0]}`);
    return opened(this.key, context, bytes.subarray(1));
  }
}
