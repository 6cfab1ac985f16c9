import type { BlobKey } from '../kernel/index.js';

/** Goes along two sequences that are in the order of their keys: those of one key come together, others alone. */
export async function* inStep<One extends { readonly key: BlobKey }, Other extends { readonly key: BlobKey }>(
  some: AsyncIterable<One>,
  others: AsyncIterable<Other>,
): AsyncIterable<readonly [One | null, Other | null]> {
  const [left, right] = [some[Symbol.asyncIterator](), others[Symbol.asyncIterator]()];
  try {
    let [one, other] = await Promise.all([left.next(), right.next()]);
    while (!one.done || !other.done) {
      const hasOne = !one.done && (other.done || one.value.key <= other.value.key);
      const hasOther = !other.done && (one.done || other.value.key <= one.value.key);
      yield [hasOne ? (one.value as One) : null, hasOther ? (other.value as Other) : null];
      [one, other] = await Promise.all([hasOne ? left.next() : one, hasOther ? right.next() : other]);
    }
  } finally {
    await Promise.all([left.return?.(), right.return?.()]);
  }
}
