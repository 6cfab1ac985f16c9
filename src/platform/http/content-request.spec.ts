import { describe, expect, it } from '@jest/globals';
import { attachment } from './content-disposition.js';
import { answerTo } from './content-request.js';

const ETAG = '"abc"';
const whole = { status: 200 };
const part = (start: number, end: number) => ({ status: 206, range: { start, end } });

describe('a request for 100 bytes', () => {
  it.each([
    [{}, whole],
    [{ range: 'bytes=0-9' }, part(0, 9)],
    [{ range: 'bytes=90-' }, part(90, 99)],
    [{ range: 'bytes=-10' }, part(90, 99)],
    [{ range: 'bytes=-500' }, part(0, 99)],
    [{ range: 'bytes=0-500' }, part(0, 99)],
    [{ range: 'bytes=9-5' }, whole],
    [{ range: 'bytes=-' }, whole],
    [{ range: 'bytes=0-1,5-6' }, whole],
    [{ range: 'lines=0-1' }, whole],
    [{ range: 'nonsense' }, whole],
    [{ range: 'bytes=0-9', 'if-range': ETAG }, part(0, 9)],
    [{ range: 'bytes=0-9', 'if-range': '"old"' }, whole],
    [{ range: 'bytes=0-9', 'if-range': `W/${ETAG}` }, whole],
    [{ 'if-none-match': ETAG }, { status: 304 }],
    [{ 'if-none-match': '"x", W/"abc"' }, { status: 304 }],
    [{ 'if-none-match': '*' }, { status: 304 }],
    [{ 'if-none-match': '"x"' }, whole],
    [{ 'if-match': ETAG }, whole],
    [{ 'if-match': '*' }, whole],
  ])('with %j is answered %j', (headers, answer) => expect(answerTo(headers, ETAG, 100)).toEqual(answer));

  it.each([
    [{ range: 'bytes=100-' }, 'range_not_satisfiable'],
    [{ range: 'bytes=200-300' }, 'range_not_satisfiable'],
    [{ range: 'bytes=-0' }, 'range_not_satisfiable'],
    [{ 'if-match': '"old"' }, 'precondition_failed'],
    [{ 'if-match': `W/${ETAG}` }, 'precondition_failed'],
  ])('with %j is refused as %s', (headers, code) => {
    expect(() => answerTo(headers, ETAG, 100)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the name of a download', () => {
  it.each([
    ['Sample.pdf', `attachment; filename="Sample.pdf"; filename*=UTF-8''Sample.pdf`],
    ['Größe.pdf', `attachment; filename="Gr__e.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf`],
    ['a "b" (1)\'.pdf', `attachment; filename="a \\"b\\" (1)'.pdf"; filename*=UTF-8''a%20%22b%22%20%281%29%27.pdf`],
    ['100%.pdf', `attachment; filename="100%.pdf"; filename*=UTF-8''100%25.pdf`],
  ])('%s', (name, header) => expect(attachment(name)).toBe(header));
});
