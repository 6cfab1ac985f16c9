import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { field: string; message: string }[];
}

let server: Portico;
let api: BackOfficeApi;

beforeAll(async () => {
  server = await SharedPortico.start();
  api = await BackOfficeApi.of(server);
});
afterAll(() => server.dispose());

const speaking = (language: string) => api.with({ 'Accept-Language': language });
const told = async (
  language: string,
  status: number,
  code: string,
  send: (as: BackOfficeApi) => PromiseLike<unknown>,
) => {
  const answer = (await send(speaking(language))) as Parameters<typeof expectProblem>[0];
  expectProblem(answer, status, code);
  expect(answer.headers['content-language']).toBe(language);
  expect(answer.headers['vary']).toMatch(/Accept-Language/);
  return answer.body as Problem;
};

describe('The Back Office speaks the language of its caller', () => {
  it.each([
    ['en', 'Not Found', 'There is no client 999999'],
    ['ja', '見つかりません', 'この ID のクライアントはありません'],
    ['de', 'Nicht gefunden', 'Es gibt keinen Kunden mit dieser Id'],
    ['fr', 'Introuvable', 'Il n’y a pas de client avec cet identifiant'],
    ['es', 'No encontrado', 'No hay ningún cliente con este identificador'],
  ])('of what is not there, in %s', async (language, title, detail) => {
    const problem = await told(language, 404, 'client_not_found', (as) => as.get('/clients/999999'));
    expect(problem).toMatchObject({ title, detail });
  });

  it.each([
    ['en', 'is missing', 'must have 160 characters at most'],
    ['ja', '指定してください', '160 文字以内で指定してください'],
    ['de', 'fehlt', 'darf höchstens 160 Zeichen haben'],
    ['fr', 'est manquant', 'doit avoir 160 caractères au plus'],
    ['es', 'falta', 'debe tener 160 caracteres como máximo'],
  ])('of each field, in %s', async (language, missing, long) => {
    const post = (body: object) => (as: BackOfficeApi) => as.send('post', '/clients', body);
    const without = await told(language, 400, 'invalid_value', post({}));
    expect(without.errors).toEqual([{ field: 'name', message: missing }]);
    expect(without.detail).toBe(language === 'en' ? `name ${missing}` : `name: ${missing}`);
    const wide = await told(language, 400, 'invalid_value', post({ name: 'x'.repeat(161) }));
    expect(wide.errors).toEqual([{ field: 'name', message: long }]);
  });

  it('of values that are one of several, which it names', async () => {
    const problem = await told('de', 400, 'invalid_value', (as) =>
      as.send('post', '/clients', { name: 'C', status: 'x' }),
    );
    const message = 'muss einer dieser Werte sein: prospect, active, dormant, alumni';
    expect(problem.errors).toEqual([{ field: 'status', message }]);
  });

  it('of faults in lists and rows', async () => {
    const list = await told('fr', 400, 'invalid_value', (as) => as.get('/clients?sort_order=up'));
    expect(list.errors).toEqual([{ field: 'sort_order', message: 'doit être l’une de ces valeurs : asc, desc' }]);
    const rows = await told('es', 400, 'invalid_value', (as) => as.send('put', '/clients', [{ externalId: 'a' }]));
    expect(rows.errors).toEqual([{ field: '0.name', message: 'falta' }]);
  });

  it('before it knows who calls, and where there is nothing', async () => {
    const stranger = (as: BackOfficeApi) => new BackOfficeApi(as.url, { 'Accept-Language': 'de' });
    expect((await told('de', 401, 'unauthenticated', (as) => stranger(as).get('/clients'))).title).toBe(
      'Nicht angemeldet',
    );
    const body = { email: 'nobody@example.test', password: 'x' };
    const refused = await told('ja', 401, 'sign_in_refused', (as) => as.send('post', '/signin', body));
    expect(refused.detail).toBe('メールアドレスまたはパスワードが正しくありません');
    await told('fr', 404, 'route_not_found', (as) => as.get('/nothing'));
    await told('es', 405, 'method_not_allowed', (as) => as.call('delete', '/clients'));
    const text = (as: BackOfficeApi) => as.call('post', '/clients').set('Content-Type', 'text/plain').send('x');
    await told('ja', 415, 'unsupported_media_type', text);
  });

  it.each([
    ['de-CH, en;q=0.5', 'de'],
    ['en;q=0.3, ja;q=0.8', 'ja'],
    ['pt-BR', 'en'],
    ['fr;q=0, es;q=0.1', 'es'],
  ])('which of %s is %s', async (accepted, language) => {
    const answer = await speaking(accepted).get('/clients/999999');
    expect(answer.headers['content-language']).toBe(language);
  });

  it('and leaves the other faces in English', async () => {
    const headers = { ...server.headers, 'Accept-Language': 'de' };
    const answer = await fetch(`${server.url}/api/v1/files/999999`, { headers });
    expect(answer.headers.get('content-language')).toBeNull();
    expect(await answer.text()).toContain('Not Found');
  });
});
