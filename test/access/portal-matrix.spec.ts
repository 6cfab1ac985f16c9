import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readDocument } from '../support/openapi-document.js';
import { FakePlatforms } from '../support/platforms/fake-platforms.js';
import { PorticoServer } from '../support/portico-server.js';
import {
  type Answered,
  breachesOf,
  changes,
  documentedOf,
  faultsOf,
  type MatrixRow,
  rowsOf,
  send,
  successesOf,
  unless,
} from './matrix.js';
import { requestTo } from './matrix-request.js';
import { PORTAL_CALLERS, type PortalCaller, type PortalCast, portalCast } from './portal-callers.js';
import { type PortalRule, portalRuleOf, type PortalSubject, portalVerdictOn, STATUS_OF } from './portal-expectation.js';
import { type PortalResource, portalResourceOf, subjectOf } from './portal-resources.js';

jest.setTimeout(120_000);

const TOKEN = 'portal-token-of-the-portal-matrix';
const ADMIN = 'the contact as admin';
const ENVIRONMENT = { BOOTSTRAP_PORTAL_TOKEN: TOKEN };

interface Row extends MatrixRow {
  readonly rule: PortalRule;
  readonly resource: PortalResource;
  readonly subject: PortalSubject;
}

const rows = rowsOf(readDocument('portal')).map((row): Row => {
  const { operation } = row;
  const resource = portalResourceOf(operation);
  return { ...row, rule: portalRuleOf(operation), resource, subject: subjectOf(operation, resource) };
});
const verdictOn = (caller: PortalCaller, { rule, subject }: Row) => portalVerdictOn(caller, rule, subject);

let platforms: FakePlatforms;
let server: PorticoServer;
let cast: PortalCast;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  server = await PorticoServer.start({ env: { ...ENVIRONMENT, ...platforms.environment } });
  cast = await portalCast(server, TOKEN);
});
afterAll(async () => {
  await server.dispose();
  await platforms.close();
});

const call = ({ document, operation, type, resource }: Row, caller: PortalCaller, id: string): Promise<Answered> => {
  const headers = caller.headers(cast);
  const attributes = resource.body?.(cast, id, headers) ?? {};
  const { headers: defaults, ...request } = requestTo(operation, document, { id, ids: {}, attributes }, type);
  const { 'Content-Type': contentType } = defaults;
  const body: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType };
  return send(server.url, { ...request, headers: body }, headers);
};

describe('The portal matrix', () => {
  it('has callers on every side of every rule', () => {
    for (const row of rows) {
      const verdicts = new Set(PORTAL_CALLERS.map((caller) => verdictOn(caller, row)));
      const sides = [
        'bad request',
        'forbidden',
        'let through',
        ...(row.subject === 'nobody' ? [] : ['not found']),
        'unauthenticated',
      ];
      expect([...verdicts].sort()).toEqual(sides);
    }
  });
});

describe.each(rows)('$name', (row) => {
  const cells = PORTAL_CALLERS.map((caller) => ({ ...caller, due: verdictOn(caller, row) }));
  let subject: string;
  let state: unknown;

  beforeAll(async () => {
    subject = await row.resource.make(cast, row.operation);
    state = await row.resource.state(cast, subject);
  });

  it('refuses all who may not, and is as it was after them', async () => {
    const refused = cells.flatMap(({ due, ...caller }) => (due === 'let through' ? [] : [{ ...caller, due }]));
    const breaches = await breachesOf(refused, async (caller) => {
      const answer = await call(row, caller, subject);
      const faults = [unless(answer.status === STATUS_OF[caller.due], `${answer.status}`), ...faultsOf(row, answer)];
      return faults.find((fault) => fault !== null) ?? null;
    });
    expect(breaches).toEqual([]);
    expect(await row.resource.state(cast, subject)).toEqual(state);
  });

  it('lets all others through', async () => {
    const through = cells.filter(({ due }) => due === 'let through');
    const breach = async (caller: PortalCaller): Promise<string | null> => {
      const { status } = await call(row, caller, changes(row) ? await row.resource.make(cast, row.operation) : subject);
      return unless(successesOf(row).includes(String(status)), `answered with ${status}`);
    };
    expect(await breachesOf(through, breach, changes(row) ? 1 : undefined)).toEqual([]);
  });

  it.each(cells.filter(({ name }) => name === ADMIN))('$name: is answered as documented', async (caller) => {
    const id = await row.resource.make(cast, row.operation);
    const before = await row.resource.state(cast, id);
    const answer = await call(row, caller, id);
    expect(documentedOf(row)).toContain(String(answer.status));
    expect(faultsOf(row, answer)).toEqual([]);
    if (changes(row)) expect(await row.resource.state(cast, id)).not.toEqual(before);
  });
});
