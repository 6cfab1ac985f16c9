import type { Language } from '@portico/domain/directory';
import type { Notice } from '@portico/domain/notifications';
import { WORDINGS } from './wording.js';

/** Where the links of a mail lead. */
export interface NoticeLinks {
  readonly all: string;
  readonly unsubscribe: string;
  fileOf(id: string): string;
}

/** What a mail says, before it is written as text or as HTML. */
export interface NoticeParts {
  readonly language: Language;
  readonly subject: string;
  readonly greeting: string;
  readonly published: string;
  readonly files: readonly { readonly name: string; readonly url: string }[];
  readonly more: string | null;
  readonly openAll: string;
  readonly reason: string;
  readonly unsubscribe: string;
  readonly links: NoticeLinks;
}

export function noticeParts(notice: Notice, links: NoticeLinks): NoticeParts {
  const { contact, files, fileCount } = notice;
  const wording = WORDINGS[contact.language];
  const firm = shown(notice.firmName);
  const unnamed = fileCount - files.length;
  return {
    language: contact.language,
    subject: wording.subject(fileCount, firm),
    greeting: wording.greeting(shown(contact.firstName), shown(contact.lastName)),
    published: wording.published(fileCount, firm, instantIn(contact.language, contact.timeZone, notice.publishedAt)),
    files: files.map(({ id, name }) => ({ name: shown(name), url: links.fileOf(id) })),
    more: unnamed > 0 ? wording.more(unnamed) : null,
    openAll: wording.openAll,
    reason: wording.reason(firm),
    unsubscribe: wording.unsubscribe,
    links,
  };
}

export function noticeText(parts: NoticeParts): string {
  const { greeting, published, files, more, openAll, reason, unsubscribe, links } = parts;
  const list = files.map(({ name, url }) => `- ${name}\n  ${url}`);
  return [
    greeting,
    published,
    [...list, ...(more === null ? [] : [more])].join('\n'),
    `${openAll}:\n${links.all}`,
    `-- \n${reason}\n${unsubscribe}:\n${links.unsubscribe}\n`,
  ].join('\n\n');
}

/** What makes text seem to be other text: marks that turn its direction, and breaks that are no line feed. */
const MISLEADING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name out of the database as it may stand in a mail. */
export function shown(name: string): string {
  return name.replace(MISLEADING, '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function instantIn(language: Language, timeZone: string, instant: Date): string {
  const fields = { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const format = (zone: string) =>
    new Intl.DateTimeFormat(language, { ...fields, timeZone: zone, timeZoneName: 'short' }).format(instant);
  try {
    return format(timeZone);
  } catch {
    return format('UTC'); // a zone that was known once and is no more
  }
}
