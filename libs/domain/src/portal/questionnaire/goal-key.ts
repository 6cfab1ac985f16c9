const LONGEST = 60;
/** How many characters of a name stay where it can not stay whole. */
const KEPT = 40;

/**
 * The key of a goal that came without one, always the same for the same words: `Online revenue` is `online_revenue`.
 * Where a name loses anything on the way (another script, or too many letters), a number made of all of it keeps it
 * apart from others.
 */
export function goalKey(metric: string): string {
  const plain = metric.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  const isWhole = key !== '' && key.length <= LONGEST && !/[^\P{L}a-z]|[^\P{N}0-9]/u.test(plain);
  if (isWhole) return key;
  const head = key.slice(0, KEPT).replace(/_+$/, '') || 'metric';
  return `${head}_${hashOf(plain).toString(16).padStart(8, '0')}`;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
