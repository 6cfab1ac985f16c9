import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { faultsOf, type MatrixRow, rowsOf } from '../access/matrix.js';
import { type MatrixRequest, requestTo } from '../access/matrix-request.js';
import { DOCUMENT_NAMES, readDocument } from '../support/openapi-document.js';
import { FakePlatforms } from '../support/platforms/fake-platforms.js';
import { PorticoServer } from '../support/portico-server.js';
import { isThorough } from '../support/thorough.js';
import { CANARY, FuzzWorld } from './fuzz/fuzz-world.js';
import { changed, plansWith, type RequestPlan, requestPlans } from './fuzz/request-plan.js';
import { Wire, type WireAnswer } from './fuzz/wire.js';

/** How many requests for each operation, and where the dice begin; both are told when something is found. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261121);
/** What is tried in every single place; with many runs more of it. */
const BREAKERS = [
  ...[
    'a\u0000b',
    ...(RUNS > 10 ? ['\ud800', '9'.repeat(400), 'x'.repeat(6000), '+275760-09-13T00:00:00Z', '\u{10ffff}'] : []),
  ],
];
/** After how many requests what they are about is made anew, as it may be gone. */
const FRESH = 8;
/** No request may take longer, whatever it holds. */
const PATIENCE_MS = 10_000;
const TOKEN = 'portal-token-of-the-fuzz';
/** What ends the session of whoever calls it. */
const PARTING = 'POST /api/v2/signout';
/** What no answer may tell: stacks, files of ours, SQL, what the database and the libraries say. */
const FROM_INSIDE =
  /\bat [\w.<>]+ \(|node_modules|\.[cm]?[jt]s:\d|invalid input syntax|violates \w+ constraint|relation "|column "|mikro|kysely|ECONNREFUSED|unterminated|out of range for type/i;

interface Row extends MatrixRow {
  readonly face: string;
}
const last = ({ operation: { method, name } }: Row) => (name === PARTING ? 2 : method === 'DELETE' ? 1 : 0);
const all = DOCUMENT_NAMES.flatMap((face) => rowsOf(readDocument(face)).map((row): Row => ({ ...row, face }))).sort(
  (one, other) => last(one) - last(other),
);
/** Every third, unless more is asked for. */
const rows = all.filter((_row, at) => isThorough || process.env['FUZZ_RUNS'] || at % 3 === SEED % 3);

jest.setTimeout(120_000 + RUNS * PATIENCE_MS);

let platforms: FakePlatforms;
let server: PorticoServer;
let world: FuzzWorld;
let wire: Wire;

beforeAll(async () => {
  platforms = await FakePlatforms.start();
  server = await PorticoServer.start({ env: { BOOTSTRAP_PORTAL_TOKEN: TOKEN, ...platforms.environment } });
  world = await FuzzWorld.of(server, TOKEN);
  wire = new Wire(server.url, PATIENCE_MS);
});
afterAll(async () => {
  wire.close();
  await server.dispose();
  await platforms.close();
});

/** How many answers there were of each status. */
const answered = new Map<number, number>();

/** What is wrong with an answer, whatever was asked. */
function wrongIn(row: Row, answer: WireAnswer): string[] {
  const { status, headers, content } = answer;
  const text = content.toString();
  return [
    ...(status >= 500 ? [`status ${status}: ${text}`] : []),
    ...(status in row.operation.declared.responses ? faultsOf(row, answer) : undocumented(status)),
    ...(status >= 400 && FROM_INSIDE.test(text) ? [`it tells of the inside: ${text}`] : []),
    ...(text.includes(CANARY) ? ['it shows a row of another firm'] : []),
    ...('x-planted' in headers ? ['a header was planted'] : []),
  ];
}

const undocumented = (status: number) => [`the status ${status} is not documented`];

/** Whether the escapes in an address stand for text; one whose do not is 400 wherever it leads. */
function isText(path: string): boolean {
  try {
    return decodeURIComponent(path.split('?', 1)[0] ?? '') !== '';
  } catch {
    return false;
  }
}

/** Sends what the plan says. @throws Error when something is wrong with the answer */
async function requireGoodAnswer(row: Row, good: MatrixRequest, plan: RequestPlan): Promise<void> {
  const request = changed(good, row.operation, plan);
  const answer = await wire.send(request, world.callerOf(row.face, plan.caller));
  answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
  if (answer.status === 400 && !isText(request.path)) return;
  const wrong = wrongIn(row, answer);
  if (wrong.length > 0)
    throw new Error(`${request.method} ${request.path.slice(0, 500)}\n${wrong.join('\n').slice(0, 3000)}`);
}
const goodRequest = async ({ document, operation, type, face }: Row): Promise<MatrixRequest> =>
  requestTo(operation, document, await world.subjectOf(face, operation), type);

describe(`Every operation (here ${rows.length} of ${all.length}), ${RUNS} times, seed ${SEED}`, () => {
  it.each(rows)('$face $name', async (row) => {
    let good = await goodRequest(row);
    for (const text of BREAKERS)
      for (const plan of plansWith(text, good, row.operation)) await requireGoodAnswer(row, good, plan);
    let runs = 0;
    const holds = async (plan: RequestPlan) => {
      if (++runs % FRESH === 0) good = await goodRequest(row);
      await requireGoodAnswer(row, good, plan);
    };
    await fc.assert(fc.asyncProperty(requestPlans(world.foreign), holds), { numRuns: RUNS, seed: SEED });
  });
});

describe('After all that', () => {
  it('a good part of the requests got past the doors', () => {
    const all = [...answered.values()].reduce((sum, count) => sum + count, 0);
    const [fine = 0, refused = 0] = [[200, 201, 204], [400]].map((statuses) =>
      statuses.reduce((sum, status) => sum + (answered.get(status) ?? 0), 0),
    );
    if (process.env['FUZZ_RUNS']) console.log(`${all} requests`, Object.fromEntries(answered));
    expect(fine / all).toBeGreaterThan(0.05);
    expect(refused / all).toBeGreaterThan(0.1);
  });

  it('the server is healthy, and its log tells of no fault', async () => {
    const ready = await fetch(`${server.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(server.output.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  });
});
