/** `value` without the noise of a division: six decimals at most. */
export function rounded(value: number): number {
  return Number(value.toFixed(6));
}

/** A ratio of sums; null when there is nothing to divide, or to divide by. */
export function ratioOf(numerator: number | null, denominator: number | null, times = 1): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null;
  return rounded((numerator * times) / denominator);
}

/** By how many per cent `value` is more than `prior`, or less; null when there is nothing to compare. */
export function deltaPct(value: number | null, prior: number | null): number | null {
  if (value === null || prior === null || prior === 0) return null;
  return rounded(((value - prior) / Math.abs(prior)) * 100);
}
