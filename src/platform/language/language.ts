/** The languages in which the Back Office speaks (contract, section 6). */
export const LANGUAGES = ['en', 'ja', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is said in each of them; `{name}` is a place for a value. */
export type Texts = Readonly<Record<Language, string>>;

/** What a refusal with a certain code says, with which status, and for the documents a field that it may be about. */
export interface CodeTexts extends Texts {
  readonly status: number;
  readonly field?: string;
}

/**
 * The language that `Accept-Language` likes best (RFC 9110, section 12.5.4); English when it likes none of ours. Of
 * those that are liked alike the first wins.
 */
export function languageFor(accepted: string | undefined): Language {
  let best: { language: Language; weight: number } | null = null;
  for (const part of (accepted ?? '').split(',')) {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = weightIn(parameters);
    const language = tag === '*' ? 'en' : LANGUAGES.find((one) => one === tag.split('-', 1)[0]);
    if (language && weight > 0 && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

function weightIn(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  if (given === undefined) return 1;
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given) : 0;
}

/** `text` with its places filled. */
export function filled(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
