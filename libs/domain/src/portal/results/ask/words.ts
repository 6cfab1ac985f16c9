/** `question` as words between single spaces, in small letters. */
export function words(question: string): string {
  return ` ${question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}
