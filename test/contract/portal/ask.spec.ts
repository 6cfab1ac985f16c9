import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectStatus } from '../../support/files-api.js';
import { expectPortalRefusal, type PortalApi } from '../../support/portal-api.js';
import { PorticoServer } from '../../support/portico-server.js';
import { PortalWork } from '../../support/portal-work.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let server: Portico;
let work: PortalWork;

beforeAll(async () => {
  server = await SharedPortico.start();
  work = await PortalWork.of(server);
});
afterAll(() => server.dispose());

/** A company with figures of March 2026. */
async function newCompany(of = work): Promise<[string, PortalApi]> {
  const id = await of.client();
  const common = { clientId: Number(id), date: '2026-03-02' };
  await of.make('metric-points', { ...common, platform: 'shopify', metricKey: 'revenue', unit: 'EUR', value: 8123.75 });
  const ads = { platform: 'google_ads', campaignId: 'c1', campaignName: 'Spring', spend: 100, conversionValue: 400 };
  await of.make('campaign-days', { ...common, ...ads });
  return [id, of.portalOf(id, { role: 'viewer' })];
}
const ask = (portal: PortalApi, question: unknown) => portal.call('post', '/results/ask').send({ question });
const answer = async (portal: PortalApi, question: string): Promise<string> => {
  const answered = await ask(portal, question);
  expectStatus(answered, 200);
  expect(Object.keys(answered.body as object)).toEqual(['answer']);
  return (answered.body as { answer: string }).answer;
};

describe('POST /api/portal/results/ask', () => {
  it('answers a viewer from the figures themselves, always the same, naming period and figures', async () => {
    const [, portal] = await newCompany();
    const said = await answer(portal, 'What was our revenue in March 2026?');
    expect(said).toBe(
      'From 2026-03-01 to 2026-03-31, compared with 2026-02-01 to 2026-02-28: Revenue was 8,123.75 EUR.',
    );
    expect(await answer(portal, 'What was our revenue in March 2026?')).toBe(said);
    expect(await answer(portal, 'best campaign of March 2026')).toContain(
      'by ROAS was Spring (google_ads): 100 EUR spent',
    );
  });

  it('knows the figures of the company alone', async () => {
    const [, portal] = await newCompany();
    const [, other] = await newCompany();
    const id = await work.client();
    const none = 'there are no figures';
    expect(await answer(work.portalOf(id), 'Revenue in March 2026?')).toContain(none);
    expect(await answer(portal, 'Revenue in March 2026?')).toBe(await answer(other, 'Revenue in March 2026?'));
  });

  it.each(['', '   ', 'x'.repeat(1001), 5, null, ['a'], undefined])(
    'refuses the question %j with 400',
    async (question) => {
      const [, portal] = await newCompany();
      const refused = await ask(portal, question);
      expectPortalRefusal(refused, 400, 'invalid_value');
      expect((refused.body as { error: string }).error).toContain('question');
    },
  );

  it('refuses what is no such body', async () => {
    const [, portal] = await newCompany();
    expectPortalRefusal(await ask(portal, 'a').send({ question: 'a', model: 'b' }), 400, 'unknown_member');
    const post = () => portal.call('post', '/results/ask').set('Content-Type', 'application/json');
    expectPortalRefusal(await post().send('{'), 400, 'invalid_json');
    expectPortalRefusal(await post().send('[]'), 400, 'invalid_body');
    expectPortalRefusal(
      await portal.call('post', '/results/ask').set('Content-Type', 'text/plain').send('a'),
      415,
      'unsupported_media_type',
    );
  });

  it('answers nothing without a dashboard', async () => {
    const [company, portal] = await newCompany();
    await work.change('clients', company, { dashboardEnabled: false });
    expectPortalRefusal(await ask(portal, 'revenue'), 403, 'dashboard_disabled');
  });
});

describe('With AI_BASE_URL', () => {
  const [KEY, QUESTION] = ['sk-the-secret-key', 'Did the secret product sell in March 2026?'];
  const asked: string[] = [];
  let reply = { status: 200, body: '{}' };
  let service: Server;
  let own: PorticoServer;
  let ownWork: PortalWork;

  beforeAll(async () => {
    service = createServer((request, response) => {
      void text(request).then((body) => {
        asked.push(`${request.headers.authorization} ${body}`);
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
      });
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const AI_BASE_URL = `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1/`;
    own = await PorticoServer.start({ env: { AI_BASE_URL, AI_API_KEY: KEY, AI_MODEL: 'small', LOG_LEVEL: 'debug' } });
    ownWork = await PortalWork.of(own);
  });
  afterAll(async () => {
    await own.dispose();
    service.close();
  });

  it('lets the service answer, with the figures of the company as all that it knows', async () => {
    const [, portal] = await newCompany(ownWork);
    const content = 'It sold well.';
    const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
    reply = { status: 200, body: JSON.stringify({ id: 'a', object: 'chat.completion', choices }) };
    const said = await answer(portal, QUESTION);
    expect(said.startsWith(`${content}\n\nFigures from 2026-03-01 to `)).toBe(true);
    const [sent = ''] = asked;
    expect(sent).toContain(`Bearer ${KEY} `);
    for (const known of [QUESTION, '8123.75', 'Spring', '2026-03-01', '"model":"small"']) expect(sent).toContain(known);
  });

  it('answers from the figures when it fails, and tells neither question nor key', async () => {
    const [, portal] = await newCompany(ownWork);
    reply = { status: 500, body: JSON.stringify({ error: { message: `${KEY}: ${QUESTION}` } }) };
    expect(await answer(portal, QUESTION)).toContain('Revenue was 8,123.75 EUR');
    await until('it is in the log', () => own.output.includes('the AI service did not answer'));
    for (const secret of [KEY, QUESTION]) expect(own.output).not.toContain(secret);
  });
});
