import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ContactId, type FirmId, isId } from '@portico/domain/kernel';
import type { SecretKey } from '../platform/config/secret-key.js';

/** Whose mails a link ends. */
export interface Addressee {
  readonly firmId: FirmId;
  readonly contactId: ContactId;
}

/** The tokens in the links that end mails. Nothing is kept of them: they hold whom they are for, authenticated. */
export class UnsubscribeTokens {
  private readonly key: Buffer;

  constructor(secretKey: SecretKey) {
    this.key = secretKey.derive('unsubscribe');
  }

  of({ firmId, contactId }: Addressee): string {
    return `${firmId}.${contactId}.${this.sign(firmId, contactId).toString('base64url')}`;
  }

  /** Null for every token that this installation did not make. */
  read(token: string): Addressee | null {
    const [firmId = '', contactId = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0 || !isId(firmId) || !isId(contactId)) return null;
    const [given, expected] = [Buffer.from(signature, 'base64url'), this.sign(firmId, contactId)];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return { firmId: firmId as FirmId, contactId: contactId as ContactId };
  }

  private sign(firmId: string, contactId: string): Buffer {
    return createHmac('sha256', this.key).update(`${firmId}.${contactId}`).digest();
  }
}
