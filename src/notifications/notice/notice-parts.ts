import type { Language } from '@portico/domain/directory';
import type { FileNotice, NewsNotice, Notice } from '@portico/domain/notifications';
import { kindOf } from '@portico/domain/notifications';
import { filled } from '../../platform/language/language.js';
import { NEWS_TEXTS } from '../news/languages.js';
import { say, textsOf } from '../news/say.js';
import { instantIn, nameIn, shown } from './shown.js';
import { WORDINGS } from './wording.js';

/** Where the links of a mail lead. */
export interface NoticeLinks {
  readonly all: string;
  readonly unsubscribe: string;
  fileOf(id: string): string;
}

/** A text that leads somewhere. */
export interface Link {
  readonly text: string;
  readonly url: string;
}

/** What a mail says, before it is written as text or as HTML. */
export interface NoticeParts {
  readonly language: Language;
  readonly subject: string;
  readonly greeting: string;
  readonly opening: string;
  readonly items: readonly { readonly name: string; readonly url: string | null; readonly detail: string | null }[];
  /** How many there are beside those items. */
  readonly more: string | null;
  /** Null in mails to staff, who have no portal. */
  readonly openAll: Link | null;
  readonly reason: string;
  /** Null in mails that can't be turned off with it. */
  readonly unsubscribe: Link | null;
}

/** What the mail of a notice says, in the language of its reader. */
export function noticeParts(notice: Notice, links: NoticeLinks): NoticeParts {
  return notice.kind === 'files' ? fileParts(notice, links) : newsParts(notice, links);
}

function fileParts(notice: FileNotice, links: NoticeLinks): NoticeParts {
  const { reader, files, count } = notice;
  const wording = WORDINGS[reader.language];
  const firm = shown(notice.firmName);
  return {
    ...headOf(notice),
    subject: wording.subject(count, firm),
    opening: wording.published(count, firm, instantIn(reader.language, reader.timeZone, notice.publishedAt)),
    items: files.map(({ id, name }) => ({ name: shown(name), url: links.fileOf(id), detail: null })),
    more: count > files.length ? wording.more(count - files.length) : null,
    openAll: { text: wording.openAll, url: links.all },
    reason: wording.reason(firm),
    unsubscribe: { text: wording.unsubscribe, url: links.unsubscribe },
  };
}

function newsParts(notice: NewsNotice, links: NoticeLinks): NoticeParts {
  const { reader, news, count, type } = notice;
  const { language, timeZone } = reader;
  const [texts, wording] = [NEWS_TEXTS[language], WORDINGS[language]];
  const firm = shown(notice.firmName);
  const label = shown(notice.label ?? textsOf(language, type)?.label ?? type);
  const items = news.map((one) => {
    const { title, body } = say(language, one);
    const at = instantIn(language, timeZone, one.at);
    return { name: shown(title), url: null, detail: body === null ? at : `${shown(body)} (${at})` };
  });
  const numbers = new Intl.NumberFormat(language);
  const isForStaff = reader.contactId === null;
  const isCritical = kindOf(type)?.isCritical ?? false;
  const reason = isForStaff ? texts.reasonOfStaff : isCritical ? texts.reasonOfCritical : texts.reason;
  return {
    ...headOf(notice),
    subject:
      count === 1
        ? filled(texts.subject, { title: items[0]?.name ?? label, firm })
        : filled(texts.subjectOfSeveral, { label, count: numbers.format(count), firm }),
    opening: filled(texts.opening, { firm }),
    items,
    more: count > news.length ? wording.more(count - news.length) : null,
    openAll: isForStaff ? null : { text: texts.open, url: links.all },
    reason: filled(reason, { firm }),
    unsubscribe: isForStaff || isCritical ? null : { text: wording.unsubscribe, url: links.unsubscribe },
  };
}

function headOf({ reader: { language, name } }: Notice): Pick<NoticeParts, 'language' | 'greeting'> {
  return { language, greeting: WORDINGS[language].greeting(nameIn(language, shown(name.first), shown(name.last))) };
}
