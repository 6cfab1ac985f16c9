import { describe, expect, it } from '@jest/globals';
import {
  anActor,
  CountingRandom,
  FixedClock,
  InMemoryCredentialRepository,
  InMemoryHistory,
  InMemoryUnitOfWork,
  PlainSecretHasher,
} from '@portico/testing';
import type { FirmId, UserId } from '../kernel/index.js';
import { IssueCredential } from './index.js';

const [firmId, userId] = ['1' as FirmId, '11' as UserId];

function bench() {
  const [credentials, history] = [new InMemoryCredentialRepository(), new InMemoryHistory()];
  const unitOfWork = new InMemoryUnitOfWork([credentials, history]);
  const hasher = new PlainSecretHasher();
  const issue = new IssueCredential(credentials, hasher, new CountingRandom(), history, unitOfWork, new FixedClock());
  return { credentials, history, hasher, issue };
}

describe('IssueCredential', () => {
  it('answers the secret of an API key once and keeps its hash', async () => {
    const { credentials, history, hasher, issue } = bench();
    const { key, secret } = await issue.apiKey(anActor(), { firmId, userId, name: 'CRM' });
    expect(secret).toHaveLength(40);
    expect(credentials.kept).toMatchObject([{ id: key, record: { userId, secretHash: hasher.hash(secret) } }]);
    expect(JSON.stringify([credentials.kept, history.entries])).not.toContain(secret);
    expect(history.actions).toEqual([`api_key.issued ${key}`]);
  });

  it('takes a given key and secret, and refuses a key twice', async () => {
    const { credentials, history, issue } = bench();
    const given = {
      firmId,
      userId,
      name: 'first',
      key: 'AAAAAAAA-0000-4000-8000-000000000001',
      secret: 's'.repeat(40),
    };
    expect(await issue.apiKey(anActor(), given)).toEqual({ key: given.key.toLowerCase(), secret: given.secret });
    await expect(issue.apiKey(anActor(), given)).rejects.toMatchObject({ code: 'api_key_taken' });
    expect([credentials.kept.length, history.entries.length]).toEqual([1, 1]);
  });

  it('makes portal tokens', async () => {
    const { credentials, hasher, issue } = bench();
    const { id, token } = await issue.portalToken(anActor(), { firmId, name: 'worker' });
    expect(credentials.kept).toMatchObject([{ id, record: { tokenHash: hasher.hash(token), name: 'worker' } }]);
  });

  it('keeps the scopes of an OAuth client under their proper names, each once', async () => {
    const { credentials, issue } = bench();
    const scopes = ['FILES', 'FILE_WRITE', 'FILES_WRITE'];
    const { clientId } = await issue.oauthClient(anActor(), { firmId, userId, scopes });
    expect(credentials.kept).toMatchObject([{ id: clientId, record: { scopes: ['FILES', 'FILES_WRITE'] } }]);
  });

  it.each([[[]], [['FILES', 'NONSENSE']]])('refuses the scopes %j', async (scopes) => {
    const { credentials, issue } = bench();
    await expect(issue.oauthClient(anActor(), { firmId, userId, scopes })).rejects.toMatchObject({
      code: 'invalid_scopes',
    });
    expect(credentials.kept).toEqual([]);
  });

  const people = { firmId, userId, scopes: ['FILES'], redirectUris: ['https://crm.example/callback'] };

  it('makes an OAuth client for which people sign in, with a secret and a name', async () => {
    const { credentials, history, hasher, issue } = bench();
    const { clientId, clientSecret } = await issue.oauthClient(anActor(), { ...people, name: ' The CRM ' });
    const secretHash = hasher.hash(clientSecret ?? '');
    const { redirectUris } = people;
    expect(credentials.kept).toMatchObject([
      { id: clientId, record: { name: 'The CRM', secretHash, redirectUris, scopes: ['FILES'] } },
    ]);
    expect(history.entries).toMatchObject([{ details: { userId, scopes: ['FILES'], redirectUris, isPublic: false } }]);
  });

  it('makes a public one without a secret', async () => {
    const { credentials, issue } = bench();
    const { clientSecret } = await issue.oauthClient(anActor(), { ...people, isPublic: true });
    expect([clientSecret, credentials.kept[0]?.record]).toEqual([null, expect.objectContaining({ secretHash: null })]);
  });

  it.each([
    ['a wrong redirect URI', { redirectUris: ['http://crm.example'] }, 'invalid_redirect_uri'],
    ['a public one without redirect URIs', { redirectUris: [], isPublic: true }, 'invalid_redirect_uri'],
    ['one of the portal for which people sign in', { scopes: ['FILES', 'PORTAL'] }, 'invalid_scopes'],
    ['a name that is too long', { name: 'x'.repeat(161) }, 'invalid_value'],
  ])('refuses %s', async (_says, wrong, code) => {
    const { credentials, issue } = bench();
    await expect(issue.oauthClient(anActor(), { ...people, ...wrong })).rejects.toMatchObject({ code });
    expect(credentials.kept).toEqual([]);
  });
});
