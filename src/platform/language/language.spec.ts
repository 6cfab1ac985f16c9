import { describe, expect, it } from '@jest/globals';
import { CODES, detailIn, reasonIn, titleIn } from './catalogue.js';
import { filled, LANGUAGES, languageFor } from './language.js';
import { REASONS } from './reasons.js';
import { TITLES } from './titles.js';

const PLACE = /\{(\w+)\}/g;
const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name]) => name ?? '').sort();

describe('The language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-ch', 'de'],
    ['ja,en;q=0.5', 'ja'],
    ['en;q=0.2, fr;q=0.9, de;q=0.8', 'fr'],
    ['pt, it;q=0.9', 'en'],
    ['pt, es;q=0.1', 'es'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['*', 'en'],
    ['fr;q=0.5, *;q=0.9', 'en'],
    ['fr;q=0.5, de;q=0.5', 'fr'],
    ['de;q=2, fr;q=0.1', 'fr'],
    ['de;q=abc', 'en'],
    [',,;;q=', 'en'],
    ['deutsch', 'en'],
  ])('that is asked for with %j is %s', (accepted, language) => {
    expect(languageFor(accepted)).toBe(language);
  });
});

describe('The catalogue', () => {
  const texts = { ...CODES, ...REASONS, ...TITLES };

  it.each(LANGUAGES)('lacks nothing in %s', (language) => {
    for (const [name, { [language]: text, en }] of Object.entries(texts)) {
      expect({ name, text }).toEqual({ name, text: expect.stringMatching(/\S/) });
      if (language !== 'en') expect({ name, text }).not.toEqual({ name, text: en });
      for (const place of placesIn(text)) expect(placesIn(en)).toContain(place);
    }
  });

  it('has a title for the status of every code', () => {
    for (const { status } of Object.values(CODES)) expect(TITLES[status]).toBeDefined();
  });

  it('is written in the script of the language', () => {
    for (const [name, { ja }] of Object.entries(texts))
      expect({ name, ja }).toEqual({ name, ja: expect.stringMatching(/[ぁ-んァ-ヶ一-龠]/) });
  });

  it('says in English what the refusal says itself, and in other languages what the code means', () => {
    expect(detailIn('en', 'client_not_found', 'There is no client 5')).toBe('There is no client 5');
    expect(detailIn('de', 'client_not_found', 'There is no client 5')).toBe('Es gibt keinen Kunden mit dieser Id');
    expect(detailIn('de', 'made_up', 'As it is')).toBe('As it is');
    expect(titleIn('fr', 404, 'Not Found')).toBe('Introuvable');
    expect(titleIn('fr', 418, 'Teapot')).toBe('Teapot');
    expect(reasonIn('es', { kind: 'too_long', values: { most: 5 } }, 'x')).toBe('debe tener 5 caracteres como máximo');
    expect(filled('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });
});
