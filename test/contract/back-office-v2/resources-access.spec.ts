import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi, expectProblem } from '../../support/back-office-api.js';
import { expectStatus } from '../../support/expected-answers.js';
import type { Portico } from '../../support/portico.js';
import { SharedPortico } from '../../support/shared-portico.js';
import { TABLE } from './resource-table.js';
import { factsOf, ResourceWorld, restrictedTo, type Row } from './resource-world.js';

let server: Portico;
let world: ResourceWorld;
let restricted: BackOfficeApi;
let foreign: ResourceWorld;

beforeAll(async () => {
  server = await SharedPortico.start();
  world = await ResourceWorld.first(server);
  restricted = await restrictedTo(server, world.mine);
  const [email, password] = ['boss@other.test', 'correct horse battery'];
  await server.operate(
    ...['firm', 'create', '--name', 'Other', '--admin-email', email, '--admin-password', password, '--json'],
  );
  foreign = await ResourceWorld.of(await BackOfficeApi.signedIn(server.url, email, password));
}, 120_000);
afterAll(() => server.dispose());

const idsIn = (body: unknown) => (body as Row[]).map(({ id }) => id);

describe.each(Object.keys(TABLE))('%s', (name) => {
  const path = (row: Row) => `/${name}/${String(row['id'])}`;

  it('of another firm are not there', async () => {
    const row = await foreign.create(name);
    expectProblem(await world.api.get(path(row)), 404, 'resource_not_found');
    expectProblem(await world.api.send('patch', path(row), {}), 404, 'resource_not_found');
    expectProblem(await world.api.send('put', path(row), {}), 404, 'resource_not_found');
    expectProblem(await world.api.call('delete', path(row)), 404, 'resource_not_found');
    expect(idsIn((await world.api.get(`/${name}?limit=1000`)).body)).not.toContain(row['id']);
    const own = { ...(await world.body(name)), externalId: row['externalId'] };
    const answer = await world.api.send('put', `/${name}`, [own]);
    expect(answer.body).toEqual({ created: 1, updated: 0, unchanged: 0 });
    expectStatus(await foreign.api.get(path(row)), 200);
  });

  it('are not made with what is another firm’s', async () => {
    for (const [field, to] of Object.entries({ clientId: 'clients', ...factsOf(name).references })) {
      const body = await world.body(name);
      if (!(field in body)) continue;
      const answer = await world.api.send('post', `/${name}`, { ...body, [field]: await foreign.need(to) });
      expectStatus(answer, 400);
      expect(JSON.stringify(answer.body)).toContain(field);
    }
  });

  it('are seen and changed by a restricted user where their client is permitted', async () => {
    const row = await world.create(name);
    expectStatus(await restricted.get(path(row)), 200);
    expectStatus(await restricted.send('patch', path(row), { externalId: null }), 200);
    expect(idsIn((await restricted.get(`/${name}?limit=1000&sort_order=desc`)).body)).toContain(row['id']);
    expectStatus(await restricted.send('post', `/${name}`, await world.body(name)), 201);
    expectStatus(await restricted.call('delete', path(row)), 204);
  });

  it('of other clients are not there for a restricted user', async () => {
    if (factsOf(name).client === 'none') return;
    const row = await world.create(name, world.other);
    expectProblem(await restricted.get(path(row)), 404, 'resource_not_found');
    expectProblem(await restricted.send('patch', path(row), {}), 404, 'resource_not_found');
    expectProblem(await restricted.call('delete', path(row)), 404, 'resource_not_found');
    const listed = await restricted.get(`/${name}?limit=1000`);
    expect(idsIn(listed.body)).not.toContain(row['id']);
    expect(listed.headers['x-total-count']).toBe(String((listed.body as Row[]).length));
    expectStatus(await restricted.send('post', `/${name}`, await world.body(name, world.other)), 400);
    const taken = await restricted.send('put', `/${name}`, [
      { ...(await world.body(name)), externalId: row['externalId'] },
    ]);
    expectProblem(taken, 400, 'external_id_taken', [{ field: '0.externalId' }]);
  });

  it('need a session', async () => {
    const nobody = new BackOfficeApi(server.url);
    for (const answer of [
      await nobody.get(`/${name}`),
      await nobody.send('post', `/${name}`, {}),
      await nobody.send('put', `/${name}`, []),
    ])
      expectProblem(answer, 401, 'unauthenticated');
  });
});
