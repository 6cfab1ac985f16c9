import { describe, expect, it } from '@jest/globals';
import { isConditionalChange, isDownload, isTaggedRead } from '../conditions/conditional-operations.js';
import { DOCUMENT_NAMES, type Operation, operationsOf, readDocument } from '../support/openapi-document.js';

/** Reads of more than one thing that have no pages, or whose pages are numbered otherwise. */
const LISTS = [
  ...['/v1/portal/publish_files/{call}', '/v1/files/{id}/publications'],
  ...['/api/portal/announcements', '/api/portal/team', '/api/portal/history', '/api/portal/notes'],
  ...['/api/portal/connections', '/api/portal/results/campaigns'],
];
/** Changes that depend on no tag, and why. */
const WITHOUT_TAG: Readonly<Record<string, string>> = {
  '/api/v2/folders/{id}/addSubdirectory': 'makes another one',
  '/v1/uploads/{id}': 'the protocol names the state by its offset',
  '/api/v2/notifications/{id}/read': 'notifications are shown in lists alone',
  '/api/v2/notifications/{id}/archive': 'notifications are shown in lists alone',
  '/api/portal/notifications/{id}/read': 'notifications are shown in lists alone',
  '/api/portal/notifications/{id}/archive': 'notifications are shown in lists alone',
};
/** Changes of the one thing of its kind that a caller has, which have no id in their address. */
const SINGLE = ['POST /api/portal/questionnaire', 'PUT /api/portal/notifications/preferences'];

const isPaged = ({ declared: { parameters = [] } }: Operation): boolean =>
  parameters.some(({ name }) => name === 'page[limit]' || name === 'limit');

/** Whether it changes one thing that is there already: something below it is made with a POST that ends in no id. */
function changesOne({ method, path, name }: Operation): boolean {
  if (SINGLE.includes(name)) return true;
  if (method === 'GET' || !path.includes('{')) return false;
  return method !== 'POST' || !/^\/api\/v2\/clients\/\{clientId\}\/(?:files|folders)$/.test(path);
}

describe.each(DOCUMENT_NAMES)('openapi/%s.json', (name) => {
  const operations = operationsOf(readDocument(name));
  const headerOf = ({ declared: { parameters = [] } }: Operation) =>
    parameters.filter((one) => one.in === 'header' && one.name.startsWith('If-')).map((one) => one.name);

  it('has a tag, conditions, 304 and 412 at each read of one thing', () => {
    const reads = operations.filter((one) => one.method === 'GET' && !isDownload(one));
    const single = reads.filter((one) => !LISTS.includes(one.path) && (!isPaged(one) || isRelationship(one)));
    expect(reads.filter(isTaggedRead).map((one) => one.name)).toEqual(single.map((one) => one.name));
    for (const read of single) {
      expect(headerOf(read)).toEqual(['If-None-Match', 'If-Match']);
      const { 304: known, 412: refused } = read.declared.responses;
      expect(Object.keys(known?.headers ?? {})).toEqual(['ETag']);
      expect(known?.content).toBeUndefined();
      expect(refused).toBeDefined();
    }
  });

  it('has If-Match and 412 at each change of one thing', () => {
    const changes = operations.filter((one) => changesOne(one) && !(one.path in WITHOUT_TAG));
    expect(operations.filter(isConditionalChange).map((one) => one.name)).toEqual(changes.map((one) => one.name));
    for (const change of changes) {
      expect(headerOf(change)).toEqual(['If-Match']);
      expect(change.declared.responses['412']).toBeDefined();
    }
  });

  it('tells nothing of how routes say so', () => {
    expect(JSON.stringify(operations)).not.toMatch(/"x-(?:tagged|conditional)"/);
  });
});

/** The members of a group are paged, and under the tag of the group. */
const isRelationship = ({ path }: Operation): boolean => path.includes('/relationships/');

it('knows no list and no change that there is not', () => {
  const paths = DOCUMENT_NAMES.flatMap((name) => operationsOf(readDocument(name))).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining([...LISTS, ...Object.keys(WITHOUT_TAG)]));
});
