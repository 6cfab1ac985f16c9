import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { basisOf, type Briefing, periodOf, totalsOf, withRatios } from '@portico/domain/portal';
import { ParrotAnalyst } from '@portico/testing';
import type { AiConfig } from '../../../platform/config/ai-config.js';
import { instructionsFor } from './instructions.js';
import { ServiceAnalyst } from './service-analyst.js';

const [KEY, QUESTION] = ['sk-secret-key', 'How did the secret project do?'];
const PERIOD = periodOf('month', '2026-03-31');
const BRIEFING: Briefing = {
  period: PERIOD,
  metrics: [
    {
      ...{ key: 'revenue', label: 'Revenue', unit: 'EUR', platform: null, value: 8123.75, priorValue: null },
      ...{ deltaPct: null, target: null, trackingStatus: 'no_target' },
    },
  ],
  ...{ platforms: [], campaigns: [], totals: totalsOf([]), summary: null },
};

interface Asked {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: { model: string; messages: { role: string; content: string }[] };
}

let server: Server;
let asked: Asked[];
let reply: (response: ServerResponse) => void;
let logged: string[];
let parrot: ParrotAnalyst;

const listen: RequestListener = (request: IncomingMessage, response) => {
  void text(request).then((body) => {
    const { url, headers } = request;
    asked.push({ url, authorization: headers.authorization, body: JSON.parse(body) as Asked['body'] });
    reply(response);
  });
};

beforeAll(async () => {
  server = createServer(listen).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  [asked, logged, parrot] = [[], [], new ParrotAnalyst()];
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
const analyst = (changes: Partial<AiConfig> = {}) => {
  const config = { baseUrl: address(), apiKey: KEY, model: 'small', timeoutSeconds: 20, ...changes };
  return new ServiceAnalyst(config, parrot, { warn: (what, message) => logged.push(`${what.reason}: ${message}`) });
};
const ask = (changes: Partial<AiConfig> = {}) => analyst(changes).answer(QUESTION, BRIEFING);

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const saying = (content: unknown, finish_reason: unknown = 'stop') =>
  json({
    id: 'a',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', content } }],
  });

const DATED = `Revenue was 8,123.75 EUR from ${BRIEFING.period.start} to ${BRIEFING.period.end}.`;

describe('ServiceAnalyst', () => {
  it('asks the service with the figures, and answers what it says', async () => {
    reply = saying(`  ${DATED}\n\u0007`);
    expect(await ask()).toBe(DATED);
    const [{ url, authorization, body } = { url: '', authorization: '', body: null }] = asked;
    expect([url, authorization, body?.model]).toEqual(['/v1/chat/completions', `Bearer ${KEY}`, 'small']);
    expect(body?.messages).toEqual([
      { role: 'system', content: instructionsFor(BRIEFING) },
      { role: 'user', content: QUESTION },
    ]);
    expect(body?.messages[0]?.content).toContain('"value":8123.75');
    expect([parrot.asked, logged]).toEqual([[], []]);
  });

  it('names the period and the figures below an answer that does not', async () => {
    reply = saying('Fine.');
    expect(await ask()).toBe(`Fine.\n\n${basisOf(BRIEFING)}`);
    expect(basisOf(BRIEFING)).toMatch(/^Figures from \S+ to \S+, compared with \S+ to \S+: Revenue\b/);
  });

  it('sends no key where there is none', async () => {
    reply = saying(DATED);
    expect(await ask({ apiKey: null })).toBe(DATED);
    expect(asked[0]?.authorization).toBeUndefined();
  });

  const endless = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => void (response.writable && response.write(' '.repeat(65_536), more));
    more();
  };
  it.each<[string, string, (response: ServerResponse) => unknown]>([
    [
      'refuses the key, and repeats it',
      'status 401',
      json({ error: { message: `Incorrect key ${KEY}: ${QUESTION}` } }, 401),
    ],
    ['has too many calls', 'status 429', json({ error: { message: 'slow down' } }, 429)],
    ['fails', 'status 500', json({}, 500)],
    ['sends no JSON', 'no text', (response) => response.end('<html>')],
    [
      'sends broken JSON',
      'SyntaxError',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a'),
    ],
    ['sends something else', 'no text', json({ object: 'list', data: [] })],
    ['sends null', 'no text', json(null)],
    ['says nothing', 'empty', saying(' \n')],
    ['does not answer in text', 'no text', saying([{ type: 'image' }])],
    ['breaks off', 'not whole', saying('Revenue w', 'length')],
    ['says too much', 'too long', saying('x'.repeat(4001))],
    ['sends without end', 'RangeError', endless],
    ['sends elsewhere', 'APIConnectionError', (response) => response.writeHead(307, { location: address() }).end()],
    ['hangs up', 'APIConnectionError', (response) => response.destroy()],
  ])('answers itself when the service %s', async (_what, reason, answer) => {
    reply = answer;
    expect(await ask()).toBe('I do not know.');
    expect(asked).toHaveLength(1);
    expect(parrot.asked).toEqual([{ question: QUESTION, briefing: BRIEFING }]);
    expect(logged).toEqual([`${reason}: the AI service did not answer`]);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['never answers', () => undefined],
    ['never ends', (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":')],
  ])('answers itself when the service %s', async (_what, answer) => {
    reply = answer;
    expect(await ask({ timeoutSeconds: 0.1 })).toBe('I do not know.');
    expect(logged).toHaveLength(1);
  });

  it('answers itself when there is no service, and never tells the question or the key', async () => {
    expect(await ask({ baseUrl: 'http://127.0.0.1:1/v1' })).toBe('I do not know.');
    expect(logged).toEqual(['APIConnectionError: the AI service did not answer']);
    for (const secret of [KEY, QUESTION]) expect(logged.join()).not.toContain(secret);
  });
});

describe('What the service is told', () => {
  it('holds as many campaigns as there is room for, those first that cost most', () => {
    const campaigns = Array.from({ length: 50 }, (_, at) =>
      withRatios({
        ...{ campaignId: String(at), campaignName: `${at} ${'x'.repeat(2000)}`, platform: 'google_ads', status: null },
        ...{
          currency: 'EUR',
          spend: 50 - at,
          impressions: 1,
          clicks: 1,
          conversions: 1,
          conversionValue: 1,
          reach: null,
        },
      }),
    );
    const told = instructionsFor({ ...BRIEFING, campaigns });
    expect(told.length).toBeLessThan(42_000);
    const figures = JSON.parse(told.slice(told.indexOf('{'))) as Briefing;
    expect(figures.campaigns.map(({ spend }) => spend)).toEqual(Array.from({ length: 12 }, (_, at) => 50 - at));
  });
});
