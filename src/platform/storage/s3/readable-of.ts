import { PassThrough, type Readable } from 'node:stream';
import type { GiveBytes } from '@portico/domain/kernel';

/** A stream of what `give` gives, which ends with its error. Giving is stopped when the stream is destroyed. */
export function readableOf(give: GiveBytes): Readable {
  const stream = new PassThrough();
  const take = (piece: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const onClose = () => reject(stream.errored ?? new Error('nobody takes the bytes any more'));
      if (stream.destroyed) return onClose();
      stream.once('close', onClose);
      // a copy, because the memory of a piece is used again
      stream.write(Buffer.from(piece), (error) => {
        stream.off('close', onClose);
        if (error) reject(error);
        else resolve();
      });
    });
  give(take).then(
    () => stream.end(),
    (error: Error) => stream.destroy(error),
  );
  return stream;
}
