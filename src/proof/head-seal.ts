import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FirmId } from '@portico/domain/kernel';
import type { SecretKey } from '../platform/config/secret-key.js';

/** SHA-256 in lower-case hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Seals the head of a chain with a key that the database has not: who has the database alone can write another chain,
 * but not the head that belongs to it.
 */
export class HeadSeal {
  private readonly key: Buffer;

  constructor(secretKey: SecretKey) {
    this.key = secretKey.derive('proof-head');
  }

  /** Lower-case hex. */
  of(firmId: FirmId, seq: number, hash: string): string {
    return createHmac('sha256', this.key).update(`${firmId}:${seq}:${hash}`).digest('hex');
  }

  isGood(firmId: FirmId, seq: number, hash: string, seal: string): boolean {
    return timingSafeEqual(Buffer.from(this.of(firmId, seq, hash)), Buffer.from(seal.padEnd(64).slice(0, 64)));
  }
}
