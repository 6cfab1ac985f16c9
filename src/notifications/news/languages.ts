import type { Language } from '@portico/domain/directory';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
import type { NewsTexts } from './texts.js';

export const NEWS_TEXTS: Readonly<Record<Language, NewsTexts>> = { en, ja, de, fr, es };
