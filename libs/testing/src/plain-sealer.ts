import { Sealer } from '@portico/domain/kernel';

/** Seals nothing, but opens only what was sealed in the same context. */
export class PlainSealer extends Sealer {
  seal(context: string, text: string): Uint8Array {
    return Buffer.from(JSON.stringify([context, text]));
  }

  open(context: string, sealed: Uint8Array): string {
    const [sealedFor, text] = JSON.parse(Buffer.from(sealed).toString('utf8')) as [string, string];
    if (sealedFor !== context) throw new Error(`sealed for ${sealedFor}, not for ${context}`);
    return text;
  }
}
