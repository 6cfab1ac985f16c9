import type { Language } from '@portico/domain/directory';
import { CONTACT_NOTIFICATIONS, type Happening, type NotificationType } from '@portico/domain/notifications';
import { filled } from '../../platform/language/language.js';
import { NEWS_TEXTS } from './languages.js';
import type { NewsTexts, TypeTexts } from './texts.js';

/** What is said of something that happened. */
export interface Said {
  readonly title: string;
  readonly body: string | null;
}

const FOR_CLIENTS: ReadonlySet<string> = new Set(CONTACT_NOTIFICATIONS);
/** Under which of these names stands what it is about: the first that is there. */
const THING = [
  ...['title', 'name', 'number', 'platform'],
  ...['budget', 'invoice', 'deal', 'project', 'milestone', 'contract', 'client'],
];

/** The texts of a type that is built in; null of one that is a firm's own. */
export function textsOf(language: Language, type: string): TypeTexts | null {
  const { types } = NEWS_TEXTS[language];
  return Object.hasOwn(types, type) ? types[type as NotificationType] : null;
}

/** What is said of something that happened, in a language; of what was not named, what its type is called. */
export function say(language: Language, happening: Happening): Said {
  const texts = textsOf(language, happening.type);
  if (texts === null) return { title: happening.type, body: null };
  const { names, clientName } = happening;
  const thing = THING.map((name) => names[name]).find((name) => name) ?? clientName;
  if (!thing) return { title: texts.label, body: texts.description };
  const more = Number(names['count'] ?? 1) - 1;
  const { title, body } = more > 0 && texts.several ? texts.several : texts;
  const status = names['status'] ?? texts.label;
  const who = whoDid(NEWS_TEXTS[language], happening);
  const values = { thing, who, status, more, text: names['text'] ?? '' };
  return { title: filled(title, values), body: filled(body, values) || null };
}

/** Clients know the people of the firm by name; the firm wants to know of which client somebody is. */
function whoDid({ theFirm, aClient }: NewsTexts, { type, actorName, clientName }: Happening): string {
  if (FOR_CLIENTS.has(type)) return actorName ?? theFirm;
  if (actorName !== null && clientName !== null) return `${actorName} (${clientName})`;
  return actorName ?? clientName ?? aClient;
}
