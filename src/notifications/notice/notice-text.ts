import type { NoticeParts } from './notice-parts.js';

/** The mail as plain text. */
export function noticeText(parts: NoticeParts): string {
  const { greeting, opening, items, more, openAll, reason, unsubscribe } = parts;
  const list = items.map(({ name, url, detail }) =>
    [`- ${name}`, ...[detail, url].filter((line) => line !== null).map((line) => `  ${line}`)].join('\n'),
  );
  const footer = [reason, ...(unsubscribe ? [`${unsubscribe.text}:`, unsubscribe.url] : [])].join('\n');
  return [
    greeting,
    opening,
    [...list, ...(more === null ? [] : [more])].join('\n'),
    ...(openAll ? [`${openAll.text}:\n${openAll.url}`] : []),
    `-- \n${footer}\n`,
  ].join('\n\n');
}
