import fc from 'fast-check';

/** Texts that break what was not thought through: of PostgreSQL, of dates, of numbers, of paths, of headers, of pages. */
const TEXTS: readonly string[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\t', '\r\nX-Planted: 1', '\u200b', '\u202etxt.exe', '\ufeff', '\uffff'],
  ...['\ud800', 'a\udc00b', '\ud83d', 'é', 'e\u0301', '😀', '👩‍👩‍👧‍👦', 'ﷺ', 'İ', 'ß', '中文.pdf'],
  ...["' or 1=1--", '"; drop table files;--', "'; select pg_sleep(5);--", '%', '_', '\\', '$1', '$$', ':id', '?'],
  ...['../../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'file:///etc/passwd', 'CON', 'a/b', '.', '..'],
  ...['<script>alert(1)</script>', '${7*7}', '{{7*7}}', '#{7*7}', '<!ENTITY x SYSTEM "file:///etc/passwd">'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', 'null', 'undefined'],
  ...['true', 'false', 'NaN', 'Infinity', '-Infinity', '[]', '{}', '[object Object]', ',', ',,,,', '1,2,3', 'null,1'],
  ...['0', '-0', '-1', '00', '1e3', '0x10', '1.5', ' 7', '7 ', '+7', '٣', '１２', '2147483647', '2147483648'],
  ...['9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775809', '18446744073709551616'],
  ...['1e309', '0.005', '99999999999999999999.99', '1'.repeat(400), '9'.repeat(5000)],
  ...['2026-02-30', '0000-00-00', '0001-01-01', '9999-12-31', '10000-01-01', '-0001-01-01', '2026-1-1', '2026-13-01'],
  ...['2026-01-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-06-30T23:59:60Z', '9999-12-31T23:59:59-23:59'],
  ...['+275760-09-13T00:00:00Z', '0001-01-01T00:00:00+23:59', '2026-01-01T00:00:00+99:99', 'infinity', 'now', 'epoch'],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '{01890000-0000-7000-8000-0}'],
  ...['Europe/Berlin', 'Etc/GMT+99', 'EUR', 'XTS', '2026-Q1', '2026-Q9', '#102030', 'a@b.c', 'a@b.c\nBcc: x@y.z', '@'],
  ...['x'.repeat(256), 'x'.repeat(5000), '😀'.repeat(300), 'é'.repeat(255), '\u0301'.repeat(300), 'a,'.repeat(2000)],
  ...['.txt', 'x.', `${'x'.repeat(250)}.txt`, 'matrix.TXT', '*', '(((((((((((', '[', '^(a+)+$', 'asc', 'desc', 'ASC'],
];

const NUMBERS: readonly string[] = [
  ...['0', '-0', '1', '-1', '0.1', '0.005', '1e-7', '1e-400', '1.0', '1e2', '100.005', '2147483647', '2147483648'],
  ...['-2147483649', '9007199254740991', '9007199254740993', '9223372036854775807', '9223372036854775808', '1e15'],
  ...['999999999999.99', '9999999999999999.99', '1e21', '1e308', '1e999', '-1e999', `1${'0'.repeat(500)}`],
];

const nested = (depth: number, open = '[', close = ']') => `${open.repeat(depth)}1${close.repeat(depth)}`;

const OTHERS: readonly string[] = [
  ...['null', 'true', 'false', '[]', '{}', '[[]]', '[null]', '[{}]', '[""]', '{"":""}', '{"length":4294967296}'],
  ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}', '{"toString":1}'],
  ...['{"$gt":""}', '{"then":1}', '{"type":"files","id":"1"}', '[{"type":"files","id":1}]', '{"a":1,"a":2}'],
  ...[nested(31), nested(40), nested(2000), nested(20_000), nested(3000, '{"a":', '}')],
  ...[
    `[${'0,'.repeat(3000)}0]`,
    `[${'{},'.repeat(1200)}{}]`,
    `{${Array.from({ length: 600 }, (_, at) => `"k${at}":0`).join()}}`,
  ],
  ...['"\\ud800"', '"\\u0000"', '"\\udfff\\ud800"', '[1,"1",1.0,true]'],
];

/** A text that somebody may send where a text belongs. */
export const nastyText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.constantFrom('\u0000', 'a\u0000b', '\ud800', 'a\udc00b') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String) },
  );

/** A number, written as JSON does. */
export const nastyNumber = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 1, arbitrary: fc.integer({ min: -5, max: 200 }).map(String) },
  );

/** JSON of a value that somebody may send where another one belongs; it is not always well-formed Unicode. */
export const nastyJson = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: nastyText().map((text) => JSON.stringify(text)) },
    { weight: 2, arbitrary: nastyNumber() },
    { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  );

/** A body that is no JSON, or JSON of another kind. */
export const nastyBody = (): fc.Arbitrary<string> =>
  fc.oneof(
    nastyJson(),
    fc.constantFrom('', '{', '{"data":', '[1,', '{"a":1}}', 'nul', '\u0000', '{"data":{"type":"files"}}', "{'a':1}"),
    fc.constantFrom(
      '{"data":null}',
      '{"data":[]}',
      '{"data":{"type":1}}',
      '{"data":{"attributes":[]}}',
      nested(100_000),
    ),
  );

/** Headers that a request may bear beside its own. */
export const nastyHeader = (): fc.Arbitrary<readonly [name: string, value: string]> =>
  fc.oneof(
    fc.tuple(
      fc.constantFrom('Idempotency-Key', 'If-Match', 'If-None-Match', 'If-Range', 'Range', 'Addepar-Firm', 'Origin'),
      nastyText().map(visible),
    ),
    fc.tuple(
      fc.constantFrom('X-Portal-Company-Id', 'X-Portal-User-Id', 'X-Portal-User-Role'),
      nastyText().map(visible),
    ),
    fc.tuple(fc.constantFrom('X-Portal-Group-Company-Ids', 'Accept-Language', 'Accept'), nastyText().map(visible)),
    fc.constantFrom(
      ...([
        ['Range', 'bytes=0-'],
        ['Range', 'bytes=99999999999999999999-'],
        ['Range', 'bytes=-0'],
        ['Range', `bytes=${'0-1,'.repeat(1500)}0-1`],
        ['If-Match', '*'],
        ['If-Match', '"", W/"x"'],
        ['Content-Type', 'text/plain'],
        ['Content-Type', 'application/json; charset=utf-16'],
        ['Content-Type', 'multipart/form-data'],
        ['Content-Encoding', 'gzip'],
        ['Accept-Language', 'de;q=9,ja;q=-1,*;q=0'],
        ['Expect', '200-maybe'],
        ['X-HTTP-Method-Override', 'DELETE'],
        ['X-Forwarded-For', '127.0.0.1'],
      ] as const),
    ),
  );

/** What can stand in a header at all: HTTP has no word for the rest, and no client sends it. */
const visible = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
