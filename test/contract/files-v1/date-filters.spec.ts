import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectRefusal, type FileResource, FilesApi } from '../../support/files-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

const DAY_MS = 24 * 60 * 60 * 1000;

jest.setTimeout(60_000);

let server: Portico;
let api: FilesApi;
let active: FileResource;
let archived: FileResource;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = new FilesApi(server.url, server.headers);
  active = await api.create('active.txt');
  archived = await api.createArchived('archived.txt');
});
afterAll(() => server.dispose());

const AFTER = 'filter[files][createdAfter]';
const BEFORE = 'filter[files][createdBefore]';
const shifted = (instant: string, ms: number): string =>
  `${new Date(Date.parse(instant) + ms).toISOString().slice(0, 19)}Z`;
const query = (filters: Record<string, string>): string => new URLSearchParams(filters).toString();

/** The created instant of a file, moved, as a condition that the file meets or not. */
const conditions: { says: string; filters: (createdAt: string) => Record<string, string>; met: boolean }[] = [
  { says: 'created after the second before', filters: (at) => ({ [AFTER]: shifted(at, -1000) }), met: true },
  { says: 'created after its own instant (exclusive)', filters: (at) => ({ [AFTER]: at }), met: false },
  { says: 'created after the second after', filters: (at) => ({ [AFTER]: shifted(at, 1000) }), met: false },
  { says: 'created before the second after', filters: (at) => ({ [BEFORE]: shifted(at, 1000) }), met: true },
  { says: 'created before its own instant (exclusive)', filters: (at) => ({ [BEFORE]: at }), met: false },
  { says: 'created before the second before', filters: (at) => ({ [BEFORE]: shifted(at, -1000) }), met: false },
  {
    says: 'created between the seconds around it',
    filters: (at) => ({ [AFTER]: shifted(at, -1000), [BEFORE]: shifted(at, 1000) }),
    met: true,
  },
  {
    says: 'created after the day before',
    filters: (at) => ({ [AFTER]: shifted(at, -DAY_MS).slice(0, 10) }),
    met: true,
  },
  {
    says: 'created before the day after',
    filters: (at) => ({ [BEFORE]: shifted(at, DAY_MS).slice(0, 10) }),
    met: true,
  },
  {
    says: 'created before the first instant of its own day',
    filters: (at) => ({ [BEFORE]: at.slice(0, 10) }),
    met: false,
  },
  { says: 'created after the day after', filters: (at) => ({ [AFTER]: shifted(at, DAY_MS).slice(0, 10) }), met: false },
  {
    says: 'created after an instant in another zone',
    filters: (at) => ({ [AFTER]: shifted(at, 2 * 3_600_000 - 1000).replace('Z', '+02:00') }),
    met: true,
  },
  {
    says: 'created before its own instant in another zone',
    filters: (at) => ({ [BEFORE]: shifted(at, -5 * 3_600_000).replace('Z', '-05:00') }),
    met: false,
  },
];

describe('filter[files][createdAfter] and filter[files][createdBefore]', () => {
  it.each(conditions)('find a file that was $says: $met', async ({ filters, met }) => {
    const list = `/files?${query(filters(active.attributes.created_at))}`;
    expect(await api.ids(list)).toEqual(met ? [active.id] : []);
  });

  it.each(conditions)('find an archived file that was $says: $met', async ({ filters, met }) => {
    const list = `/archive/files?${query(filters(archived.attributes.created_at))}`;
    expect(await api.ids(list)).toEqual(met ? [archived.id] : []);
  });

  it.each(conditions)('are a condition on a single read, when it was $says: $met', async ({ filters, met }) => {
    for (const [path, at] of [
      [`/files/${active.id}`, active.attributes.created_at],
      [`/archive/files/${archived.id}`, archived.attributes.created_at],
    ] as const) {
      const answer = await api.get(`${path}?${query(filters(at))}`);
      if (met) expect(answer.status).toBe(200);
      else expectRefusal(answer, 404);
    }
  });

  it('understand the examples of the seed', async () => {
    expect(await api.ids('/files/?filter[files][createdAfter]=2017-04-06T20:12:45Z')).toEqual([active.id]);
    expect(await api.ids('/files/?filter[files][createdBefore]=2017-04-06T20:12:45Z')).toEqual([]);
    const both = 'filter[files][createdAfter]=2017-04-05T20:12:45Z&filter[files][createdBefore]=2017-04-06T20:12:45Z';
    expect(await api.ids(`/files/?${both}`)).toEqual([]);
  });

  it('take 29 February in a leap year', async () => {
    expect(await api.ids(`/files?${AFTER}=2016-02-29`)).toEqual([active.id]);
  });

  const wrong = [
    ['2017-02-30', '2017-02-29', '2017-13-01', '2017-00-10', '2017-1-2', '17-01-02', '20170406', '2017-04'],
    ['2017-04-06T25:00:00Z', '2017-04-06T20:60:00Z', '2017-02-30T10:00:00Z', '2017-04-06T20:12:45', '2017-04-06 20:12'],
    ['yesterday', '', ' ', 'null', '1491509565', '2017-04-06; drop table files', 'Thu, 06 Apr 2017 20:12:45 GMT'],
    ['2017-04-06T20:12:45+99:00', '2017-04-06T24:00:01Z', '٢٠١٧-٠٤-٠٦', '+012017-04-06'],
  ].flat();

  it.each(wrong.flatMap((value) => [[AFTER, value] as const, [BEFORE, value] as const]))(
    'refuse %s=%s with 400 and name the parameter',
    async (name, value) => {
      for (const path of ['/files', '/archive/files', `/files/${active.id}`])
        expectRefusal(await api.get(`${path}?${query({ [name]: value })}`), 400, { source: { parameter: name } });
    },
  );

  it.each([
    ['2017-04-06', '2017-04-05'],
    ['2017-04-06', '2017-04-06'],
    ['2017-04-06', '2017-04-06T00:00:00Z'],
    ['2017-04-06T12:00:00Z', '2017-04-06T13:00:00%2B01:00'],
  ])('refuse after %s and before %s, because after must be earlier', async (after, before) => {
    for (const path of ['/files', '/archive/files', `/files/${active.id}`, `/archive/files/${archived.id}`])
      expectRefusal(await api.get(`${path}?${AFTER}=${after}&${BEFORE}=${before}`), 400, {
        source: { parameter: AFTER },
      });
  });
});
